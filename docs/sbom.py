"""Write the bill of materials of what is installed for running, in CycloneDX 1.6.

From the lock, from what the packages installed here say of themselves, and from the fonts and scripts that
the program carries. Without a clock or a random number: the same for the same lock, code, system and
SOURCE_DATE_EPOCH.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from fontTools.ttLib import TTFont
from packages import LOCKS, PROJECT, ROOT, Pin, direct, graph, installed, licence, pins
from packageurl import PackageURL

_PACKAGE = ROOT / "lib" / "aqparat"
_OWN, _FONTS = "MIT", "OFL-1.1"  # LICENSE, lib/aqparat/fonts/OFL.txt
_CARRIED = {".ttf": _FONTS, ".woff2": _FONTS, ".js": _OWN}


def bill(day: datetime) -> str:
    """Give the bill as JSON.

    Parameters
    ----------
    day : datetime
        Of the code.

    Raises
    ------
    ValueError
        Something else is installed than the lock names.
    """
    here = [pin for pin in pins() if pin.is_here]
    other = [
        pin.name for pin in here if (found := installed(pin.name)) is None or found.version != pin.version
    ]
    if other:
        raise ValueError(
            f"Not installed as {LOCKS[0]} says: {', '.join(other)}. Make .venv anew (make report)."
        )
    components = {pin.name: _package(pin) for pin in here}
    ours = Component(
        name=PROJECT["name"],
        version=PROJECT["version"],
        type=ComponentType.APPLICATION,
        bom_ref="aqparat",
        licenses=_licences(_OWN),
        components=[_file(path) for path in sorted(_PACKAGE.rglob("*")) if path.suffix in _CARRIED],
    )
    lock = hashlib.sha256((ROOT / LOCKS[0]).read_bytes() + sys.platform.encode() + sys.version.encode())
    told = Bom(
        serial_number=UUID(bytes=lock.digest()[:16], version=4),
        metadata=BomMetaData(component=ours, timestamp=day),
        components=components.values(),
    )
    asked = [*direct()["run"], *direct()["build"]]
    told.register_dependency(ours, [components[name] for name in asked])
    for name, needed in graph(dict.fromkeys(asked, frozenset())).items():
        told.register_dependency(components[name], [components[other] for other in needed])
    text = JsonV1Dot6(told).output_as_string(indent=2) + "\n"
    if fault := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise ValueError(f"The bill is not as its schema says: {fault}")
    return text


def _package(pin: Pin) -> Component:
    package = installed(pin.name)
    listed = [Path(str(path.locate())) for path in package.files or [] if "/sboms/" in path.as_posix()]
    return Component(
        name=pin.name,
        version=pin.version,
        bom_ref=f"{pin.name}@{pin.version}",
        purl=PackageURL("pypi", None, pin.name, pin.version),
        description=package.metadata.get("Summary"),
        licenses=_licences(licence(pin.name)),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=content) for content in pin.hashes],
        external_references=[
            ExternalReference(
                type=ExternalReferenceType.BOM,
                url=XsUri(f"{path.parents[1].name}/sboms/{path.name}"),
                comment="what is compiled into it, as its makers list it",
                hashes=[_hash(path)],
            )
            for path in listed
        ],
    )


def _file(path: Path) -> Component:
    """Give a font or a script that the program carries."""
    name = path.relative_to(_PACKAGE.parent).as_posix()
    properties, version = [], None
    if path.suffix != ".js":
        names = TTFont(path.with_suffix(".ttf"))["name"]
        version = names.getDebugName(5).split(";")[0].removeprefix("Version ")
        properties = [
            Property(name="aqparat:face", value=f"{names.getDebugName(1)} {names.getDebugName(2)}, subset")
        ]
    return Component(
        name=name,
        version=version,
        type=ComponentType.FILE,
        bom_ref=name,
        licenses=_licences(_CARRIED[path.suffix]),
        hashes=[_hash(path)],
        properties=properties,
    )


def _licences(expression: str) -> list[object]:
    return [LicenseFactory().make_from_string(expression)]


def _hash(path: Path) -> HashType:
    return HashType(alg=HashAlgorithm.SHA_256, content=hashlib.sha256(path.read_bytes()).hexdigest())


if __name__ == "__main__":
    target = Path(sys.argv[1])
    try:
        text = bill(datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), UTC))
    except ValueError as error:
        sys.exit(str(error))
    target.parent.mkdir(exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")
    print(f"{target}: {len(json.loads(text)['components'])} packages")

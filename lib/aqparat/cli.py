"""The command line: words in, calls out; no logic."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from aqparat import console
from aqparat.arguments import AddressType, ListType, NameType, PeriodType
from aqparat.choices import FORMATS, LANGUAGES
from aqparat.period import Period
from aqparat.problem import AqparatError, SeveralError

PACKAGE_HELP = (
    "пакет орнатылмаған, бағдарламаны қайта орнатыңыз (репозиторийде: make report) / "
    "пакет не установлен, установите программу заново (в репозитории: make report) / "
    "the package is not installed, install the program again (in the repository: make report)"
)


_data = click.option("--data", type=click.Path(path_type=Path), default=Path("data"), help="The data folder.")
_out = click.option(
    "--out", type=click.Path(path_type=Path), default=Path("reports"), help="The folder of reports."
)


_languages = click.option(
    "--language", "languages", type=ListType("languages", LANGUAGES), default=(),
    help=f"Languages, separated by commas: {', '.join(LANGUAGES)}; by default those of the data's settings.",
)  # fmt: skip


def _spoken(languages: tuple[str, ...], data: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the languages to make something in, and those to tell errors in: of several asked for the first.

    Where none is asked for, both are those of the house.
    """
    if languages:
        return languages, languages[:1]
    from aqparat import settings
    from aqparat.data.reading.files import DataFolderError, find

    try:
        own = settings.languages(find(data))
    except DataFolderError:
        own = LANGUAGES
    return own, own


def _cores() -> int:
    return os.cpu_count() or 1


def _workers(jobs: int, scheduler: str | None, code: str, say: Callable[[str], None]) -> Any:
    """Return what runs notebooks: processes of this machine, or those of a cluster."""
    if scheduler:
        from aqparat.publish.cluster import Cluster

        return Cluster(scheduler, code, say)
    from aqparat.publish.workers import Workers

    return Workers(jobs)


class Commands(click.Group):
    """The commands; one that lacks a package says so in plain words, one that Ctrl-C ends is silent."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command, or end with status 1."""
        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as error:
            click.echo(f"{error.name}: {PACKAGE_HELP}", err=True)
            sys.exit(1)
        except KeyboardInterrupt:  # before the command itself answers it, or while it does
            eval("0")  # as in `__main__`
            sys.exit(130)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="aqparat")
@click.pass_context
def main(context: click.Context) -> None:
    """Produce the half-year report on a union's information work from data."""
    gc.set_threshold(50_000, 20, 20)  # imports leave half a million objects, which all stay
    atexit.register(gc.freeze)  # nor are they looked through once more at the end
    console.settle()
    if context.invoked_subcommand != "explore":  # what an analyst explores with is as they have set it
        console.leave_out_settings()


@main.command()
@click.argument("periods", type=PeriodType(), nargs=-1, required=True)
@_languages
@click.option(
    "--format",
    "formats",
    type=ListType("formats", FORMATS),
    default=FORMATS,
    help="Formats: html, pdf.",
)
@click.option(
    "--organisation",
    "organisations",
    default="",
    help="Organisations whose own reports are added: CODE,… or all.",
)
@_data
@_out
@click.option("--jobs", type=click.IntRange(min=1), default=_cores, help="How many notebooks run at once.")
@click.option(
    "--scheduler",
    type=AddressType(),
    help="Run the notebooks on the cluster of a Dask scheduler, tcp://HOST:PORT, instead of here.",
)
@click.option("--force", is_flag=True, help="Produce the report again even if nothing has changed.")
@click.option("--only", is_flag=True, help="Leave out what is published besides what is asked for.")
def report(
    periods: tuple[Period, ...],
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    organisations: str,
    data: Path,
    out: Path,
    jobs: int,
    scheduler: str | None,
    force: bool,
    only: bool,
) -> None:
    """Check and prepare the data, run the notebooks and render the reports."""
    from aqparat.publish import current
    from aqparat.publish.order import Order

    languages, tell = _spoken(languages, data)
    codes = tuple(code.strip() for code in organisations.split(",") if code.strip())
    orders = [Order(period, languages, formats, data, out, codes, only) for period in periods]
    if not force and (told := current.unchanged(orders)) is not None:
        for line in told:
            click.echo(line, err=True)
        for target in sorted(order.target.as_posix() for order in orders):
            click.echo(f"{target} (unchanged)")
        return

    from aqparat.publish.terminal import progress, reported, say

    with (
        reported(*tell),
        _workers(jobs, scheduler, languages[0], say) as workers,
        progress() as step,
    ):
        import aqparat.metrics.store  # noqa: F401  (kernels need it, too: they are forked from here)

        workers.begin()
        from aqparat.publish import index
        from aqparat.publish.run import publish_all

        index.ours(out)
        failed = []
        for order, made in publish_all(orders, force, step, say, workers, workers.jobs):
            if isinstance(made, AqparatError):
                failed.append(made)
            else:
                click.echo(f"{order.target.as_posix()}{'' if made else ' (unchanged)'}")
        from aqparat.publish import front

        with current.remembered(orders[0]):
            front.write(out)
        if failed:
            raise failed[0] if len(failed) == 1 else SeveralError(failed)


@main.command()
@click.argument("period", type=PeriodType())
@_languages
@_data
@_out
def check(period: Period, languages: tuple[str, ...], data: Path, out: Path) -> None:
    """Check the raw data; print what is wrong and write it to OUT/PERIOD/quality/."""
    from aqparat.publish.check import check as run
    from aqparat.publish.terminal import reported, say, show, summarise

    house, tell = _spoken(languages, data)
    with reported(*tell):
        checked = run(period, languages or house[:1], data, out, say)
        summarise(checked, house[0])
        show(checked.problems, period, house[0])
        if not checked.in_order:
            sys.exit(1)


@main.command()
@click.argument("period", type=PeriodType())
@click.option(
    "--organisation",
    "organisations",
    default="all",
    help="Organisations: CODE,… or all, which adds a blank form.",
)
@_data
@click.option("--out", type=click.Path(path_type=Path), default=Path("forms"), help="The folder of forms.")
def form(period: Period, organisations: str, data: Path, out: Path) -> None:
    """Write the Excel workbooks that organisations fill in."""
    from aqparat.data.forms import writing
    from aqparat.publish.terminal import reported, say
    from aqparat.texts import texts
    from aqparat.words.bilingual import Bilingual

    codes = tuple(code.strip() for code in organisations.split(",") if code.strip())
    tell = _spoken((), data)[1]
    with reported(*tell):
        written = writing.write(period, codes, data, out, Bilingual())
        for path in written:
            click.echo(path.as_posix())
        if [path.stem for path in written] == [writing.BLANK]:
            for code in tell:
                say(texts("labels", code)["form"]["blank_only"])


@main.command()
@click.argument("period", type=PeriodType())
@_languages
@_data
@_out
def publish(period: Period, languages: tuple[str, ...], data: Path, out: Path) -> None:
    """State that a report has been handed out: later corrections then appear in it as revisions."""
    from aqparat.publish import front, handout
    from aqparat.publish.terminal import reported, say
    from aqparat.publish.workers import Workers

    languages, tell = _spoken(languages, data)
    with reported(*tell):
        with Workers(_cores()) as workers:
            stated = handout.hand_out(period, data, out, languages[0], say, workers)
        click.echo(f"{(out / str(period)).as_posix()}{'' if stated else ' (unchanged)'}")
        front.write(out)
        handout.tell(period, stated, languages[0], say)


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
@_languages
@_data
def verify(path: Path, languages: tuple[str, ...], data: Path) -> None:
    """Render a published report again and say whether every file is the same, byte for byte."""
    from aqparat.publish.terminal import progress, reported
    from aqparat.publish.workers import Workers

    languages, tell = _spoken(languages, data)
    with reported(*tell):
        with Workers(_cores()) as workers, progress() as step:
            from aqparat.publish import verify as verifying

            workers.begin()
            verdict = verifying.verify(path, data, step, workers, _cores())
        for line in verifying.told(verdict, languages[0]):
            click.echo(line)
    sys.exit(0 if verdict.passed else 1)


@main.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--all", "every", is_flag=True, help="Print every change, however many.")
@click.option(
    "--html", type=click.Path(path_type=Path, dir_okay=False), help="Also write the comparison as a web page."
)
@_languages
@_data
@_out
def compare(
    before: str,
    after: str,
    every: bool,
    html: Path | None,
    languages: tuple[str, ...],
    data: Path,
    out: Path,
) -> None:
    """Say what changed between two periods, or between two published folders."""
    from aqparat.publish import compare as comparing
    from aqparat.publish import comparison
    from aqparat.publish.terminal import reported

    languages, tell = _spoken(languages, data)
    with reported(*tell):
        found = comparing.compare(before, after, data, out)
        comparison.show(found, languages[0], every)
        if html:
            comparison.write(found, languages[0], html, data)


@main.command()
@click.argument("fact_id", metavar="ID")
@click.option(
    "--period",
    type=PeriodType(),
    help="Period of the report to look in; by default the latest that has the fact.",
)
@_languages
@_data
@_out
def trace(fact_id: str, period: Period | None, languages: tuple[str, ...], data: Path, out: Path) -> None:
    """Say what a fact is and which raw rows it comes from."""
    from aqparat.publish import trace as tracing
    from aqparat.publish.terminal import reported

    languages, tell = _spoken(languages, data)
    with reported(*tell):
        for line in tracing.told(tracing.trace(fact_id, data, out, period), languages[0]):
            click.echo(line)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.argument("periods", type=PeriodType(), nargs=-1, required=True)
@click.option("--character", type=click.Choice(("full", "sparse", "falling")), default="full")
@click.option("--seed", type=click.IntRange(min=0), default=1)
@_data
def synthetic(folder: Path, periods: tuple[Period, ...], character: str, seed: int, data: Path) -> None:
    """Write a data folder of invented half-years, for tests and trials."""
    from aqparat import synthetic as invented
    from aqparat.data.reading.files import find
    from aqparat.publish.terminal import reported

    with reported(*LANGUAGES):
        reference = find(data) / "raw" / "reference"
        invented.write(folder, character, periods, seed, reference=reference)


@main.command()
@click.argument("period", type=PeriodType(), required=False)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="Language of names and labels; by default the first of the data's settings.",
)
@_data
@click.option("--allow-root", is_flag=True, help="Run JupyterLab as root, for example in a container.")
def explore(period: Period | None, language: str | None, data: Path, allow_root: bool) -> None:
    """Open JupyterLab on a copy of the exploring notebook, with data up to PERIOD (by default all)."""
    from aqparat.publish import lab
    from aqparat.publish.terminal import reported
    from aqparat.words.languages import language as words

    (spoken, *_), tell = _spoken((language,) if language else (), data)
    with reported(*tell):
        copy = lab.copy(period, spoken, data)
        click.echo(copy.path.as_posix())
        if copy.aside:
            click.echo(words(spoken).label("panel.aside", path=copy.aside.as_posix()), err=True)
        lab.launch(copy.path, allow_root)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--language", "languages", type=ListType("languages", LANGUAGES), default=(),
    help=f"Languages of the reports, separated by commas: {', '.join(LANGUAGES)}; asked for by default.",
)  # fmt: skip
@click.option("--name-kk", type=NameType(), help="Name of the union in Kazakh.")
@click.option("--name-ru", type=NameType(), help="Name of the union in Russian.")
@click.option("--name-en", type=NameType(), help="Name of the union in English.")
@click.option("--period", type=PeriodType(), help="Half-year of the first form; by default the present one.")
@click.option("--git", is_flag=True, help="Add a .gitignore.")
def new(
    folder: Path,
    languages: tuple[str, ...],
    name_kk: str | None,
    name_ru: str | None,
    name_en: str | None,
    period: Period | None,
    git: bool,
) -> None:
    """Make a project for another union in FOLDER: notebooks, empty tables, settings, a first form."""
    from datetime import date

    from aqparat.project import names, project
    from aqparat.publish.terminal import reported, say
    from aqparat.texts import texts

    given = {code: name for code, name in zip(LANGUAGES, (name_kk, name_ru, name_en), strict=True) if name}
    with reported(*(languages[:1] or [*given][:1] or LANGUAGES)):
        project.vacant(folder)  # before anything is asked
        told = names.complete(languages, given)
        project.write(folder, told, period or project.current(date.today()), git)
        click.echo(folder.as_posix())
        say(texts("project", next(iter(told)))["done"])


@main.command()
@click.argument("period", type=PeriodType())
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="Language of the report; by default the first of the data's settings.",
)
@click.option("--organisation", default="", help="An organisation, whose own report is shown: CODE.")
@_data
@_out
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port of the page; by default a free one."
)
@click.option("--no-browser", is_flag=True, help="Print the address only.")
def preview(
    period: Period,
    language: str | None,
    organisation: str,
    data: Path,
    out: Path,
    port: int,
    no_browser: bool,
) -> None:
    """Show the report in a browser and make it again whenever data, texts or notebooks change."""
    from aqparat.publish.order import Order
    from aqparat.publish.preview.browser import open_window
    from aqparat.publish.preview.preview import preview as show
    from aqparat.publish.terminal import reported, say

    def opened(address: str) -> None:
        click.echo(address)
        if not no_browser:
            open_window(address)

    shown, tell = _spoken((language,) if language else (), data)
    with reported(*tell):
        codes = (organisation,) if organisation else ()
        show(Order(period, shown[:1], ("html",), data, out, codes, only=True), port, opened, say)

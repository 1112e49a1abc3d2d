// The controls of a notebook and what follows them. A letter typed in a control is that control's alone:
// JupyterLab leaves an element's keys to it where that very element says so.
const INSIDE = "data-lm-suppress-shortcuts";

function made(tag, settings = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(settings)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}

let counted = 0;

function render({ model, el }) {
  const words = model.get("words");
  const place = `aqparat-${(counted += 1)}`;
  const shown = new Map(); // name of a field to what shows it
  const fields = made("div", { class: "fields", role: "group", "aria-label": words.panel });
  const pages = made("div", { class: "pages", "aria-live": "polite" });
  el.classList.add("aqparat-explore");
  el.lang = words.language;
  if (words.mark) el.append(made("p", { class: "mark" }, words.mark));
  el.append(fields, pages);

  function choose(name, value) {
    if (JSON.stringify(model.get("chosen")[name]) === JSON.stringify(value)) return;
    model.set("chosen", { ...held(), [name]: value });
    model.save_changes(); // while the kernel is busy only the last choice waits
  }

  function held() {
    return Object.fromEntries([...shown].map(([name, field]) => [name, field.value()]));
  }

  function list(field, id) {
    const input = made("select", { id, [INSIDE]: "" });
    if (field.kind === "many") {
      input.multiple = true;
      input.setAttribute("aria-describedby", `${id}-hint`);
    }
    const parts = [made("label", { for: id }, field.label), input];
    if (field.kind === "many") {
      const none = made("button", { type: "button", [INSIDE]: "", "aria-label": `${words.clear}: ${field.label}` }, words.clear);
      none.addEventListener("click", () => {
        for (const option of input.options) option.selected = false;
        choose(field.name, []);
      });
      parts.push(made("small", { id: `${id}-hint` }, field.hint), none);
    }
    for (const event of ["input", "change"]) { // a letter in a list that stands open sends only the latter
      input.addEventListener(event, () => choose(field.name, value()));
    }
    const value = () => (input.multiple ? [...input.selectedOptions].map((option) => option.value) : input.value);
    let offered = "";
    const update = (now) => {
      const options = JSON.stringify(now.options);
      if (options === offered) return; // what is chosen here is newer than what an answer tells
      offered = options;
      input.replaceChildren(...now.options.map(([key, name]) => made("option", { value: key }, name)));
      const chosen = [].concat(now.value);
      for (const option of input.options) option.selected = chosen.includes(option.value);
      if (field.kind !== "one") input.size = Math.min(Math.max(now.options.length, 2), field.kind === "many" ? 7 : 14);
    };
    return { parts, value, update };
  }

  function slider(field, id) {
    const input = made("input", { id, type: "range", min: 0, step: 1, [INSIDE]: "" });
    const told = made("output", { for: id });
    let options = [];
    const tell = () => {
      told.value = options[input.valueAsNumber]?.[1] ?? "";
      input.setAttribute("aria-valuetext", told.value);
    };
    input.addEventListener("input", () => {
      tell();
      choose(field.name, value());
    });
    const value = () => options[input.valueAsNumber]?.[0] ?? "";
    const update = (now) => {
      if (JSON.stringify(now.options) === JSON.stringify(options)) return;
      options = now.options;
      input.max = Math.max(options.length - 1, 0);
      input.value = Math.max(options.findIndex(([key]) => key === now.value), 0);
      tell();
    };
    return { parts: [made("label", { for: id }, field.label), input, told], value, update };
  }

  function follow() {
    const now = model.get("fields");
    for (const [name, field] of shown) {
      const same = now.find((each) => each.name === name && each.kind === field.kind && each.label === field.label);
      if (same) continue;
      field.box.remove();
      shown.delete(name);
    }
    now.forEach((each, at) => {
      let field = shown.get(each.name);
      if (!field) {
        field = (each.kind === "steps" ? slider : list)(each, `${place}-${each.name}`);
        Object.assign(field, { kind: each.kind, label: each.label });
        field.box = made("div", { class: `field ${each.kind}`, "data-field": each.name }, ...field.parts);
        shown.set(each.name, field);
      }
      field.update(each);
      if (fields.children[at] !== field.box) fields.insertBefore(field.box, fields.children[at] ?? null);
    });
  }

  function show() {
    const open = [...pages.querySelectorAll("details")].map((part) => part.open);
    pages.replaceChildren(...model.get("pages").map((page) => leaf(page, words)));
    pages.querySelectorAll("details").forEach((part, at) => { part.open = open[at] ?? false; });
  }

  // An answer may look as the one before it; so the kernel says which choice it has answered.
  function settle() {
    const waits = JSON.stringify(model.get("chosen")) !== JSON.stringify(model.get("answered"));
    if (waits) pages.setAttribute("aria-busy", "true");
    else pages.removeAttribute("aria-busy");
  }

  follow();
  show();
  model.on("change:fields", follow);
  model.on("change:pages", show);
  model.on("change:chosen change:answered", settle);
}

// One answer: what it shows, and what of it can be kept.
function leaf(page, words) {
  const part = made("article", { class: "page" });
  part.innerHTML = page.html; // made by aqparat.explore.shown: whatever the data hold is text there
  for (const inner of part.querySelectorAll("summary, [tabindex]")) inner.setAttribute(INSIDE, "");
  part.querySelectorAll("table").forEach((table) => sortable(table, words));
  const saved = made("p", { class: "saved" }, `${words.save}: `);
  const keep = (form, content) => {
    const button = made("button", { type: "button", "data-form": form, [INSIDE]: "" }, form.toUpperCase());
    button.setAttribute("aria-label", `${words.save}: ${form.toUpperCase()}, ${page.title}`);
    button.addEventListener("click", async () => {
      const address = URL.createObjectURL(await content());
      made("a", { href: address, download: `${page.name}.${form}` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 10_000);
    });
    saved.append(button);
  };
  if (page.csv) keep("csv", () => new Blob(["\ufeff", page.csv], { type: "text/csv" }));
  if (page.svg) {
    keep("svg", () => new Blob([page.svg], { type: "image/svg+xml" }));
    keep("png", () => drawn(page.svg));
  }
  if (saved.querySelector("button")) part.append(saved);
  return part;
}

// A picture of a chart as it is on paper: light colours on white, three dots a point.
async function drawn(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = made("canvas", { width: 3 * image.naturalWidth, height: 3 * image.naturalHeight });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
}

// Cells carry in what order they stand, in the alphabet of the language or by value: what is not known, last.
function sortable(table, words) {
  const body = table.tBodies[0];
  if (!body || body.rows.length < 2) return;
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    if (!body.rows[0].cells[column]?.hasAttribute("data-order")) return;
    const numeric = head.classList.contains("number");
    const button = made("button", { type: "button", title: words.sort, [INSIDE]: "" }, head.textContent);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const before = head.getAttribute("aria-sort");
      const down = before ? before === "ascending" : numeric; // the largest first
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const order = (row) => row.cells[column].getAttribute("data-order");
      const rows = [...body.rows].sort((a, b) => {
        if (order(a) === "" || order(b) === "") return (order(a) === "") - (order(b) === "");
        return (order(a) - order(b)) * (down ? -1 : 1);
      });
      body.append(...rows);
    });
  });
}

export default { render };

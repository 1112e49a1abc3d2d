"use strict";
// What the page can do beyond being read: theme, contents that follow, panels of facts, sorting, marks.
// Without it everything is there too: facts lead to the appendix, the browser chooses the theme.

const root = document.documentElement;

function kept(theme) { // the reader's choice; a page opened from a disk may have no storage
  try {
    if (theme) localStorage.setItem("aqparat-theme", theme);
    return localStorage.getItem("aqparat-theme");
  } catch {
    return theme;
  }
}
const chosen = kept();
if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;

// The faces lie in the page and are there at once, but not before the first line is set: nothing is shown
// until then, so that no line is set twice.
const shown = () => delete root.dataset.setting;
root.dataset.setting = "";
Promise.all([...document.fonts].map((face) => face.load())).then(shown, shown);
setTimeout(shown, 1000);

document.addEventListener("DOMContentLoaded", () => {
  const told = JSON.parse(document.getElementById("told").textContent);
  theme(told);
  heights();
  contents();
  appendix(told);
  languages();
  arrows();
  const open = panel();
  tables(told);
  marks(told, open);
  views(told);
});

function theme(told) {
  const button = document.getElementById("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme || (system.matches ? "dark" : "light")) === "dark";
  const label = () => {
    button.title = dark() ? told.light : told.dark;
    button.setAttribute("aria-label", button.title);
  };
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    kept(root.dataset.theme);
    label();
  });
  system.addEventListener("change", label);
  label();
  button.hidden = false;
}

let here = ""; // the section that is being read

function contents() {
  const nav = document.querySelector("nav"), details = nav.querySelector("details");
  const links = new Map([...nav.querySelectorAll("a")].map((a) => [a.hash.slice(1), a]));
  const sections = [...links.keys()].map((id) => document.getElementById(id));
  const wide = matchMedia("(min-width: 60rem)");
  const fit = () => { details.open = wide.matches; };
  wide.addEventListener("change", fit);
  fit();
  nav.addEventListener("click", (event) => {
    if (event.target.closest("a") && !wide.matches) details.open = false;
  });
  nav.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && details.open && !wide.matches) {
      details.open = false;
      nav.querySelector("summary").focus();
    }
  });
  const follow = () => {
    const line = innerHeight * 0.3, end = innerHeight + scrollY >= root.scrollHeight - 2;
    const passed = sections.filter((s) => s.getBoundingClientRect().top < line);
    const now = end ? sections.at(-1) : passed.at(-1) || sections[0];
    if (!now || now.id === here) return;
    links.get(here)?.removeAttribute("aria-current");
    here = now.id;
    const link = links.get(here);
    link.setAttribute("aria-current", "true");
    nav.querySelector(".here").textContent = link.textContent;
    if (wide.matches && nav.scrollHeight > nav.clientHeight) nav.scrollTop = link.offsetTop - nav.clientHeight / 2;
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; follow(); });
  }, { passive: true });
  addEventListener("resize", follow);
  follow();
}

function heights() { // what stays in sight, so that nothing else comes to lie under it
  const bar = document.querySelector(".bar"), mark = document.querySelector("body > aside");
  const measured = new ResizeObserver(() => {
    root.style.setProperty("--bar", `${bar.offsetHeight}px`);
    root.style.setProperty("--side", `${bar.offsetWidth}px`);
    if (mark) root.style.setProperty("--mark", `${mark.offsetHeight}px`);
  });
  [bar, mark].forEach((part) => { if (part) measured.observe(part); });
}

// Every block has an address, the same one in each language: a change of language keeps the place.
function languages() {
  for (const section of document.querySelectorAll("main section[aria-labelledby]")) {
    const blocks = [...section.children].filter((block) => !block.id);
    blocks.forEach((block, place) => { block.id = `${section.getAttribute("aria-labelledby")}.${place + 1}`; });
  }
  const there = decodeURIComponent(location.hash.slice(1));
  if (/\.\d+$/.test(there)) (document.getElementById(there) || document.getElementById(there.split(".")[0]))?.scrollIntoView();
  const links = [...document.querySelectorAll(".languages a[href]")];
  links.forEach((link) => link.addEventListener("click", () => { link.hash = scrollY > 200 ? reading() : ""; }));
}
function reading() { // the block under the bar
  const edge = document.querySelector(".bar").getBoundingClientRect().bottom + 24;
  const blocks = [...document.querySelectorAll("main section > [id], .appendix > li")].filter((block) => block.checkVisibility());
  return blocks.find((block) => !block.matches(".part[open]") && block.getBoundingClientRect().bottom > edge)?.id || here;
}

// What a number is: its entry of the appendix, in a dialog. From there to the numbers it is computed from, and back.
function panel() {
  const dialog = document.getElementById("fact");
  const [way, path, back, title, value, list, more] = [
    ".way", ".path", ".back", ".title", ".value", "dl", ".more a",
  ].map((place) => dialog.querySelector(place));
  const steps = []; // the entries opened one from another, each with the place of the link that was followed

  const clones = (nodes) => [...nodes].map((node) => node.cloneNode(true));
  const titled = (entry) => clones(entry.querySelector(".entry > span:last-child").childNodes);
  const valued = (entry) => clones(entry.querySelector("dd").childNodes);
  const links = () => [...dialog.querySelectorAll("a.trace")];
  const entry = (id) => document.getElementById(id)?.closest(".appendix > li");

  function row(label, ...content) {
    const part = document.createElement("div"), name = document.createElement("dt");
    const told = document.createElement("dd");
    name.textContent = label;
    told.append(...content);
    part.append(name, told);
    return part;
  }
  function inputs(part) { // the references of an entry, each with its number and what it is
    const made = document.createElement("ul");
    let before = ""; // what the last one was about; of the next of that series only whose it is is said
    made.className = "made";
    for (const link of part.querySelectorAll("a")) {
      const first = Number(link.hash.slice(2)), last = Number(link.dataset.to || first);
      for (let number = first; number <= last; number += 1) {
        const one = entry(`e${number}`), item = document.createElement("li"), trace = document.createElement("a");
        trace.className = "trace";
        trace.href = `#${one.id}`;
        trace.append(...valued(one));
        const what = one.querySelector(".what").textContent, who = one.querySelector(".who");
        item.append(trace, " ", ...(who && what === before ? clones(who.childNodes) : titled(one)));
        before = what;
        made.append(item);
      }
    }
    return row(part.querySelector("dt").textContent, made);
  }
  function show() {
    const one = steps.at(-1).entry;
    const [, ...others] = [...one.querySelectorAll("dl > div")].map((part) => part.cloneNode(true));
    const parts = others.map((part) => (part.classList.contains("inputs") ? inputs(part) : part));
    const own = parts.filter((part) => part.matches(".worked") || part.querySelector(".made"));
    const formula = document.getElementById(`metric-${one.dataset.metric}`);
    const general = formula && row(formula.closest("table").caption.textContent, ...clones(formula.cells[1].childNodes));
    title.replaceChildren(...titled(one));
    value.replaceChildren(...valued(one));
    list.replaceChildren(...own, ...parts.filter((part) => !own.includes(part)), ...(general ? [general] : []));
    more.setAttribute("href", `#${one.id}`);
    way.hidden = steps.length < 2;
    path.replaceChildren(...steps.map((step, place) => {
      const item = document.createElement("li"), text = step.entry.querySelector("dd").textContent;
      if (place === steps.length - 1) {
        item.setAttribute("aria-current", "true");
        item.textContent = text;
      } else {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = text;
        button.addEventListener("click", () => leave(place + 1));
        item.append(button);
      }
      return item;
    }));
    stops(dialog);
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  }
  function open(id) {
    const one = entry(`fact-${id}`);
    if (!one) return false;
    steps.splice(0, steps.length, { entry: one });
    title.removeAttribute("tabindex"); // the dialog begins at its first button
    show();
    return true;
  }
  function follow(link) {
    const one = entry(decodeURIComponent(link.hash.slice(1)));
    if (!one) return false;
    steps.at(-1).place = links().indexOf(link);
    steps.push({ entry: one });
    show();
    title.tabIndex = -1;
    title.focus();
    return true;
  }
  function leave(kept) { // back to where so many steps are left, and to the link that was followed there
    steps.length = kept;
    show();
    links()[steps.at(-1).place]?.focus();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.trace");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const done = dialog.contains(link) ? follow(link) : open(decodeURIComponent(link.hash.slice("#fact-".length)));
    if (done) event.preventDefault();
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("keydown", (event) => {
    const backwards = event.key === "Backspace" || (event.key === "ArrowLeft" && event.altKey);
    if (!backwards || steps.length < 2) return;
    event.preventDefault();
    leave(steps.length - 1);
  });
  back.addEventListener("click", () => leave(steps.length - 1));
  dialog.querySelector(".close").addEventListener("click", () => dialog.close());
  more.addEventListener("click", () => {
    dialog.close();
    const one = document.getElementById(decodeURIComponent(more.hash.slice(1)));
    one.tabIndex = -1;
    one.focus();
  });
  return open;
}

// The numbers of a paragraph, a table or the appendix are one stop for the Tab key; arrows go from one to the next.
const NUMBERS = "a.trace, .appendix a";
const group = (link) => link.closest("table, .appendix, .made") || link.closest("p, li, figcaption, dd");
const members = (place) => [...place.querySelectorAll(NUMBERS)].filter((link) => group(link) === place);

function stops(part) {
  const begun = new Set();
  for (const link of part.querySelectorAll(NUMBERS)) {
    link.tabIndex = begun.has(group(link)) ? -1 : 0;
    begun.add(group(link));
    if (!link.matches(".trace")) continue;
    link.setAttribute("role", "button"); // it opens a dialog, where there are scripts
    link.setAttribute("aria-haspopup", "dialog");
  }
}

function arrows() {
  const line = (link) => link.closest("tr, .appendix > li"); // a row of a table, an entry of the appendix
  function below(links, link, step) { // the number above or below: of a table in the same column
    const lines = [...new Set(links.map(line))], next = lines[lines.indexOf(line(link)) + step];
    const there = links.filter((other) => line(other) === next), cell = link.closest("td, th");
    return there.find((other) => cell && other.closest("td, th").cellIndex === cell.cellIndex) || there[0];
  }
  stops(document);
  document.addEventListener("focusin", (event) => {
    const link = event.target.closest(NUMBERS);
    if (link) members(group(link)).forEach((other) => { other.tabIndex = other === link ? 0 : -1; });
  });
  document.addEventListener("keydown", (event) => {
    const link = event.target.closest(NUMBERS);
    if (!link || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === " " && link.matches(".trace")) {
      event.preventDefault();
      link.click();
      return;
    }
    const links = members(group(link)), place = links.indexOf(link), last = links.length - 1;
    const beside = { ArrowLeft: links[place - 1], ArrowRight: links[place + 1], Home: links[0], End: links[last] };
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!last || !(step || event.key in beside)) return;
    event.preventDefault(); // also at the first and the last: the page is not to move
    const next = step && line(link) ? below(links, link, step) : step ? links[place + step] : beside[event.key];
    next?.focus();
  });
}

function tables(told) {
  const collator = new Intl.Collator(told.language, { numeric: true });
  // A letter's place in the alphabet: browsers need not know that of Kazakh. As aqparat.kazakh.sort_key.
  const key = (text) => [...text].map((letter) => [
    told.alphabet.indexOf(letter.toLowerCase()) + 1, letter === letter.toLowerCase() ? 0 : 1, letter.codePointAt(),
  ]);
  function alphabetical(a, b) {
    if (!told.alphabet) return collator.compare(a, b);
    const x = key(a), y = key(b);
    for (let i = 0; i < Math.min(x.length, y.length); i += 1) {
      for (let j = 0; j < 3; j += 1) if (x[i][j] !== y[i][j]) return x[i][j] - y[i][j];
    }
    return x.length - y.length;
  }
  function held(cell) { // what a cell is sorted by; null where nothing is known
    const data = cell.querySelector("data"), time = cell.querySelector("time");
    if (data && cell.classList.contains("number")) return data.value === "" ? null : Number(data.value);
    if (time) return time.dataset.window || time.dateTime;
    const text = cell.textContent.replace(/[«»“”"]/g, "").trim();
    return text === "" || text === "–" ? null : text;
  }
  function compare(a, b, sign) {
    if (a === null || b === null) return (a === null) - (b === null);
    return sign * (typeof a === "number" && typeof b === "number" ? a - b : alphabetical(String(a), String(b)));
  }
  function again(body) { // a name is told once where rows of the same one follow each other
    let above = "";
    for (const { cells: [head] } of body.rows) {
      head.classList.toggle("again", head.textContent === above && above !== "");
      above = head.textContent;
    }
  }
  for (const table of document.querySelectorAll("table.sortable")) {
    const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.title = told.sort.replace("{column}", head.textContent);
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => { // of numbers the greatest are looked for first
        const first = head.classList.contains("number") ? "descending" : "ascending";
        const now = head.getAttribute("aria-sort");
        const down = (now ? now === "ascending" : first === "descending");
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...body.rows].map((row) => [held(row.cells[place]), row]);
        rows.sort(([a], [b]) => compare(a, b, down ? -1 : 1));
        body.append(...rows.map(([, row]) => row));
        again(body);
      });
    });
  }
}

// The appendix is folded by section, and can be looked through; a link into it unfolds what it leads to.
function appendix(told) {
  const parts = [...document.querySelectorAll("details.part")], entries = [...document.querySelectorAll(".appendix > li")];
  if (!parts.length) return;
  const box = document.createElement("div"), label = document.createElement("label");
  const input = document.createElement("input"), output = document.createElement("output");
  Object.assign(box, { className: "find" });
  Object.assign(input, { type: "search", autocomplete: "off" });
  box.setAttribute("role", "search");
  label.append(told.find, input);
  box.append(label, output);
  parts[0].before(box);

  const grouped = new RegExp(`(\\d)[ ${told.group}](?=\\d{3}(?!\\d))`, "g"); // 4 746, in English 4,746
  const plain = (text) => text.toLowerCase().replace(/[«»“”"]/g, "").replace(/\s+/g, " ").replace(grouped, "$1");
  const numbers = (text) => text.match(/\d+(?:[.,]\d+)*/g) || [];
  let known = null; // of each entry: its words, and the numbers among them
  const read = (one) => {
    const parts = [".entry", "dd", "div:nth-child(2) dd"].map((place) => one.querySelector(place).textContent);
    const words = plain(parts.join(" "));
    return { words, numbers: new Set(numbers(words)) };
  };
  function look() {
    const asked = plain(input.value).split(" ").filter(Boolean);
    known = known || new Map(entries.map((one) => [one, read(one)]));
    const holds = ({ words, numbers: of }, word) => (/^[\d.,%+−-]+$/.test(word) ? numbers(word).every((n) => of.has(n)) : words.includes(word));
    entries.forEach((one) => { one.hidden = !asked.every((word) => holds(known.get(one), word)); });
    for (const part of parts) {
      const left = part.querySelectorAll(".appendix > li:not([hidden])").length;
      part.hidden = left === 0;
      part.open = asked.length > 0 && left > 0;
    }
    const count = entries.filter((one) => !one.hidden).length;
    output.textContent = asked.length ? told.found.replace("{count}", count) : "";
  }
  function reveal(hash) {
    const one = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    const part = one && one.closest(".part");
    if (!part) return null;
    if (one.closest("[hidden]")) {
      input.value = "";
      look();
    }
    part.open = true;
    return one;
  }
  input.addEventListener("input", look);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']:not(.trace)"); // those open a dialog
    if (link) reveal(link.hash);
  }, true); // before anything else that the click does
  addEventListener("hashchange", () => { reveal(location.hash)?.scrollIntoView(); });
  let before = null; // what was open; on paper everything is
  addEventListener("beforeprint", () => {
    before = before || parts.map((part) => part.open);
    parts.forEach((part) => { part.open = true; });
  });
  addEventListener("afterprint", () => {
    parts.forEach((part, place) => { part.open = before[place]; });
    before = null;
  });
  parts.forEach((part) => { part.open = false; });
  reveal(location.hash)?.scrollIntoView();
}

// A figure is seen as a chart, as a table, or as files to take: one switch, by the pattern of tabs of WAI-ARIA.
function views(told) {
  for (const figure of document.querySelectorAll("main figure[id]")) {
    const picture = figure.querySelector(":scope > svg, :scope > img"), after = figure.nextElementSibling;
    const folded = figure.querySelector(":scope > .folded") || (after?.matches(".folded") ? after : null);
    const own = folded === after; // a table with a note and tools of its own
    const panels = new Map();
    const panel = (name, ...content) => {
      const made = document.createElement("div");
      Object.assign(made, { id: `${figure.id}-${name}`, className: `view view-${name}`, hidden: panels.size > 0 });
      made.setAttribute("role", "tabpanel");
      made.setAttribute("aria-labelledby", `${made.id}-tab`);
      made.append(...content);
      panels.set(name, made);
    };
    const [note, tools] = [":scope > .note", ":scope > .tools"].map((place) => figure.querySelector(place));
    const links = [[tools, told.chart_csv], [own && folded.querySelector(".tools"), told.table_csv]]
      .filter(([place]) => place).map(([place, label]) => {
        const link = place.querySelector("a[download]");
        link.firstChild.textContent = label;
        return link;
      });
    const name = links[0].download.replace(/\.csv$/, "");
    const drawn = picture.matches("svg") ? [
      [told.chart_svg, () => take(svg(picture), `${name}.svg`)], [told.chart_png, () => png(picture, `${name}.png`)],
    ] : [];
    const buttons = drawn.map(([label, act]) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", textContent: label });
      button.addEventListener("click", act);
      return button;
    });
    panel("chart", picture, ...(own ? [note, tools] : []));
    if (folded) {
      panel("table", ...[...folded.children].filter((part) => !part.matches("summary")));
      panels.get("table").classList.add(...[...folded.classList].filter((one) => one !== "folded"));
      folded.remove();
    }
    panel("download", ...links, ...buttons);

    const list = document.createElement("div");
    list.className = "switch";
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", figure.querySelector(".label").textContent.replace(/\.$/, ""));
    const tabs = [...panels].map(([view, made], place) => {
      const tab = document.createElement("button");
      Object.assign(tab, { type: "button", id: `${made.id}-tab`, textContent: told[view], tabIndex: place ? -1 : 0 });
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", made.id);
      tab.setAttribute("aria-selected", String(!place));
      return tab;
    });
    const choose = (chosen) => {
      tabs.forEach((tab) => {
        tab.tabIndex = tab === chosen ? 0 : -1;
        tab.setAttribute("aria-selected", String(tab === chosen));
        document.getElementById(tab.getAttribute("aria-controls")).hidden = tab !== chosen;
      });
    };
    list.append(...tabs);
    list.addEventListener("click", (event) => { if (event.target.closest("[role=tab]")) choose(event.target); });
    list.addEventListener("keydown", (event) => {
      const place = tabs.indexOf(event.target), step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const next = step ? tabs[(place + step + tabs.length) % tabs.length] : { Home: tabs[0], End: tabs.at(-1) }[event.key];
      if (!next) return;
      event.preventDefault();
      choose(next);
      next.focus();
    });
    figure.querySelector("figcaption").after(list, ...panels.values());
  }
}
function svg(picture) { // the chart by itself, in its light colours
  const copy = picture.cloneNode(true), { width, height } = picture.viewBox.baseVal;
  for (const part of [copy, ...copy.querySelectorAll("[tabindex], [role]")]) {
    ["tabindex", "role"].forEach((name) => part.removeAttribute(name));
  }
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
}
async function png(picture, name) { // three times as large as the page shows it on a phone: sharp on a slide
  const image = new Image(), canvas = document.createElement("canvas"), { width, height } = picture.viewBox.baseVal;
  image.src = `data:image/svg+xml,${encodeURIComponent(await svg(picture).text())}`;
  await image.decode();
  Object.assign(canvas, { width: width * 4, height: height * 4 });
  const drawing = canvas.getContext("2d");
  drawing.fillStyle = "#fff";
  drawing.fillRect(0, 0, canvas.width, canvas.height);
  drawing.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((content) => take(content, name));
}
function take(content, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function marks(told, open) {
  const tip = document.createElement("div");
  Object.assign(tip, { className: "tip", id: "tip", hidden: true });
  tip.setAttribute("role", "tooltip");
  document.querySelector("main").append(tip);
  let shown = null, leaving = 0;

  function show(mark) {
    clearTimeout(leaving);
    shown = mark;
    tip.textContent = mark.getAttribute("aria-label");
    tip.hidden = false;
    put(mark);
  }
  function put(mark) { // above its mark, or below where there is no room; nowhere when that is out of sight
    const at = mark.getBoundingClientRect(), size = tip.getBoundingClientRect();
    const left = Math.min(Math.max(at.left + at.width / 2 - size.width / 2, 8), root.clientWidth - size.width - 8);
    const above = at.top - size.height - 6;
    tip.style.left = `${left}px`;
    tip.style.top = `${above > 4 ? above : at.bottom + 6}px`;
    tip.style.visibility = at.bottom < 0 || at.top > innerHeight ? "hidden" : "";
  }
  function hide() {
    clearTimeout(leaving);
    shown = null;
    tip.hidden = true;
  }
  const leave = () => { leaving = setTimeout(hide, 200); };
  tip.addEventListener("pointerenter", () => clearTimeout(leaving));
  tip.addEventListener("pointerleave", leave);
  addEventListener("scroll", () => { if (shown) put(shown); }, { passive: true });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  document.addEventListener("pointerdown", (event) => {
    if (shown && !event.target.closest(".mark, .tip")) hide();
  });

  for (const figure of document.querySelectorAll("figure svg")) {
    const all = [...figure.querySelectorAll(".mark")];
    figure.setAttribute("role", "group"); // an image has no parts that can be reached
    figure.setAttribute("aria-label", told.marks.replace("{text}", figure.getAttribute("aria-label")));
    all.forEach((mark, place) => {
      const title = mark.querySelector(":scope > title"), fact = mark.dataset.of;
      mark.setAttribute("role", fact ? "button" : "img");
      mark.setAttribute("aria-label", title.textContent);
      mark.setAttribute("tabindex", place ? "-1" : "0");
      title.remove(); // the browser would show it as well
      let before = null; // what was shown when the finger came down
      mark.addEventListener("pointerenter", () => { before = shown; show(mark); });
      mark.addEventListener("pointerleave", (event) => { if (event.pointerType !== "touch") leave(); });
      mark.addEventListener("focus", () => show(mark));
      mark.addEventListener("blur", hide);
      const tell = () => { if (fact && open(fact)) hide(); };
      mark.addEventListener("click", (event) => {
        if (event.pointerType !== "touch" || before === mark) tell(); // a first tap shows, the next opens
      });
      mark.addEventListener("keydown", (event) => {
        const steps = {
          ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -place, End: all.length - 1 - place,
        };
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          tell();
        } else if (event.key in steps) {
          event.preventDefault();
          const next = all[(place + steps[event.key] + all.length) % all.length];
          mark.setAttribute("tabindex", "-1");
          next.setAttribute("tabindex", "0");
          next.focus();
        }
      });
    });
  }
}

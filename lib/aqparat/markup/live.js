function (words, css, packed) {
  "use strict";
  // One dialog for all numbers of all outputs; each output adds what is told of its own.
  const here = window.aqparat ||= (() => {
    const style = document.createElement("style");
    style.textContent = css;
    document.head.append(style);
    const dialog = document.createElement("dialog");
    dialog.className = "aqparat-fact";
    dialog.setAttribute("aria-labelledby", "aqparat-fact-title");
    const part = (tag, name, text = "") => {
      const element = document.createElement(tag);
      element.className = name;
      element.textContent = text;
      return element;
    };
    const back = part("button", "back"), close = part("button", "close");
    const title = part("p", "title"), value = part("p", "value"), list = part("dl", "list");
    title.id = "aqparat-fact-title";
    dialog.append(back, close, title, value, list);
    document.body.append(dialog);
    const steps = []; // the entries opened one from another

    function show() {
      const { told, labels } = steps.at(-1);
      title.innerHTML = told.t;
      value.innerHTML = told.v;
      list.innerHTML = told.r.map(([label, text]) => `<div><dt>${label}</dt><dd>${text}</dd></div>`).join("");
      back.hidden = steps.length < 2;
      back.textContent = labels.back;
      close.textContent = labels.close;
      if (!dialog.open) dialog.showModal();
      dialog.scrollTop = 0;
    }
    async function open(link) {
      const inside = dialog.contains(link);
      const page = inside ? steps.at(-1) : here.pages.get(link.closest(".aqparat").dataset.page);
      const entries = page && await page.entries;
      const told = entries?.[link.dataset.of || decodeURIComponent(link.hash.slice("#fact-".length))];
      if (!told) return;
      if (!inside) steps.length = 0;
      steps.push({ ...page, told });
      show();
    }
    function leave() {
      if (steps.length < 2) return;
      steps.pop();
      show();
    }
    const link = (event) => event.target.closest?.(".aqparat a.trace, .aqparat .mark[data-of], .aqparat-fact a.trace");
    window.addEventListener("click", (event) => {
      if (!link(event)) return;
      event.preventDefault();
      event.stopPropagation();
      open(link(event));
    }, true);
    window.addEventListener("keydown", (event) => { // before JupyterLab, whose keys they would be
      if (dialog.open) {
        event.stopPropagation();
        if (event.key === "Backspace") leave();
      } else if (event.key === "Enter" && link(event)) {
        event.preventDefault();
        event.stopPropagation();
        open(link(event));
      }
    }, true);
    back.addEventListener("click", leave);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    return { pages: new Map() };
  })();
  const [page, entries] = packed;
  const unpack = async () => {
    const bytes = Uint8Array.from(atob(entries), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
  };
  let once = null; // unpacked when the first number is opened
  here.pages.set(page, { labels: words, get entries() { return once ||= unpack(); } });
}

"use strict";
// News of the report: each new one takes the place of the last, at the place where the reader is.

const labels = JSON.parse(document.body.dataset.told);
const [fault, last, state, main] = ["fault", "last", "state"].map((id) => document.getElementById(id)).concat(document.querySelector("main"));
const trace = fault.querySelector("details");
let shown = 0; // the report that is in the page, or about to be

const news = new EventSource("news");
news.addEventListener("message", (event) => tell(JSON.parse(event.data)));
news.addEventListener("error", () => { state.textContent = labels.ended; shown = -1; });

function tell(now) {
  state.textContent = now.making ? labels.making : "";
  if (now.making) return; // what was wrong stays until it is known to be mended
  fault.hidden = !now.told.length;
  fault.querySelector("ul").replaceChildren(...now.told.map((sentence) => {
    const item = document.createElement("li");
    item.textContent = sentence;
    return item;
  }));
  trace.hidden = !now.trace;
  trace.querySelector("pre").textContent = now.trace;
  last.hidden = !now.report;
  if (now.report && now.report !== shown) show(now.report);
}

function show(number) { // the last report stays to be seen until the new one is there
  const frame = document.createElement("iframe"), old = main.querySelector("iframe:not(.next)");
  shown = number;
  for (const late of main.querySelectorAll("iframe.next")) late.remove();
  frame.className = "next";
  frame.title = document.title;
  frame.src = `report.html?${number}${old ? old.contentWindow.location.hash : location.hash}`;
  frame.addEventListener("load", () => {
    if (old) put(frame.contentWindow, place(old.contentWindow));
    const focused = !old || document.activeElement === old;
    frame.className = "";
    old?.remove();
    if (focused) frame.contentWindow.focus();
  }, { once: true });
  main.append(frame);
}

function place(reader) { // what stands at the top of the window, and which details are open
  const seen = [...reader.document.querySelectorAll("main [id]:not(svg *)")].filter((one) => one.getClientRects().length);
  const above = seen.map((one) => [one.id, one.getBoundingClientRect().top]).filter(([, top]) => top <= reader.innerHeight / 3);
  return { above: above.reverse(), y: reader.scrollY, open: new Map(details(reader).map((one) => [one.key, one.element.open])) };
}

function put(reader, { above, y, open }) {
  for (const { key, element } of details(reader)) if (open.has(key)) element.open = open.get(key);
  const [id, top] = (y > 0 && above.find(([known]) => reader.document.getElementById(known))) || [];
  if (id) y = reader.scrollY + reader.document.getElementById(id).getBoundingClientRect().top - top;
  reader.scrollTo({ top: y, behavior: "instant" });
}

function details(reader) { // each by what it is in, and which of those in there it is
  const met = new Map();
  return [...reader.document.querySelectorAll("details")].map((element) => {
    const within = element.id || element.closest("[id]")?.id || "", count = met.get(within) || 0;
    met.set(within, count + 1);
    return { key: `${within} ${count}`, element };
  });
}

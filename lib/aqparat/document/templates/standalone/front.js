"use strict";
// The language that a reader chose before, else that of the browser; search over periods and organisations, by
// their names in any language. Without it the page is whole and opens in its first language.

function kept(code) { // the reader's choice; a page opened from a disk may have no storage
  try {
    if (code) localStorage.setItem("aqparat-language", code);
    return localStorage.getItem("aqparat-language");
  } catch {
    return code;
  }
}

// Letters that are typed for one another, also where a keyboard has no Kazakh ones.
const LIKE = { ә: "а", ғ: "г", ё: "е", і: "и", қ: "к", ң: "н", ө: "о", ұ: "у", ү: "у", һ: "х" };
const words = (text) => [...text.toLowerCase()].map((letter) => LIKE[letter] || letter).join("")
  .split(/[^\p{L}\p{N}]+/u).filter(Boolean);

document.addEventListener("DOMContentLoaded", () => {
  const names = JSON.parse(document.getElementById("names").textContent);
  const known = (kind) => new Map(Object.entries(names[kind]).map(([key, name]) => [key, words(name)]));
  const periods = known("periods"), organisations = known("organisations");
  const fields = [...document.querySelectorAll(".search input")];
  const sections = [...document.querySelectorAll(".language")];

  function named() { // what the page as a whole is said to be
    const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const section = place?.closest(".language") || sections[0];
    document.documentElement.lang = section.lang;
    document.title = section.querySelector("h1").textContent;
  }

  for (const link of document.querySelectorAll(".languages a")) link.addEventListener("click", () => kept(link.lang));
  addEventListener("hashchange", named);
  if (!location.hash) {
    const read = [kept(), ...navigator.languages.map((tag) => tag.toLowerCase().split("-")[0])];
    const code = read.find((one) => sections.some((section) => section.lang === one));
    if (code && code !== sections[0].lang) {
      location.replace(`#${code}`);
      const frame = (then) => requestAnimationFrame(then); // a browser goes to the place by itself, after loading
      addEventListener("load", () => frame(() => frame(() => scrollTo({ top: 0, behavior: "instant" }))));
    }
  }
  named();

  function find(text) {
    const asked = words(text);
    const fits = (own) => asked.every((one) => own.some((word) => word.startsWith(one)));
    for (const section of sections) {
      let count = 0;
      const show = (element, fitting) => {
        element.hidden = !fitting;
        count += fitting ? 1 : 0;
      };
      for (const report of section.querySelectorAll("article")) show(report, fits(periods.get(report.dataset.period)));
      for (const row of section.querySelectorAll("[data-organisation]")) {
        const own = organisations.get(row.dataset.organisation);
        const earlier = row.querySelector("details");
        for (const place of row.querySelectorAll("p, details li")) {
          const [period] = place.querySelector("a")?.getAttribute("href").split("/") || [""];
          show(place, fits([...own, ...(periods.get(period) || [])]));
        }
        if (earlier) {
          earlier.hidden = !earlier.querySelector("li:not([hidden])");
          earlier.open = asked.length > 0;
        }
        row.hidden = !row.querySelector("p:not([hidden]), li:not([hidden])");
      }
      for (const part of section.querySelectorAll(".courses")) part.hidden = asked.length > 0;
      for (const part of section.querySelectorAll(".own")) part.hidden = !part.querySelector("[data-organisation]:not([hidden])");
      const status = section.querySelector("[role=status]");
      const told = count ? status.dataset.found.replace("{count}", count) : status.dataset.nothing;
      status.textContent = asked.length ? told : "";
    }
  }

  for (const field of fields) {
    field.closest(".search").hidden = false;
    field.addEventListener("input", () => {
      fields.filter((other) => other !== field).forEach((other) => { other.value = field.value; });
      find(field.value);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !field.value) return;
      field.value = "";
      field.dispatchEvent(new Event("input"));
    });
  }
});

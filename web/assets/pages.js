// What makes pages pleasant: answers while one types, files that are dropped, copies and keys. Without it they work too.
"use strict";

// The answer beside a form follows the form. Only the answer is exchanged: what has the focus keeps it.
const PAUSE = 40; // milliseconds without a change before it is asked again
let asked = new AbortController();

// The address that a form stands for: what is empty is not said, and of a workload only what differs from the file.
function addressOf(form) {
  const url = new URL(form.action, location);
  const sets = form.hasAttribute("data-sets");
  for (const [name, value] of new FormData(form)) {
    if (!value || value instanceof File) continue;
    const input = sets && form.elements.namedItem(name);
    if (sets && name.startsWith("set.")) {
      if (value !== input.dataset.written) url.searchParams.append("set", `${name.slice(4)}=${value}`);
    } else url.searchParams.append(name, value);
  }
  return url;
}

async function exchange(url, keep) {
  // Nobody waits any longer for what was asked before; the server drops it from its queue.
  asked.abort();
  const mine = (asked = new AbortController());
  const old = document.getElementById("answer");
  old.setAttribute("aria-busy", "true");
  let page;
  try {
    const response = await fetch(url, { headers: { accept: "text/html" }, signal: mine.signal });
    page = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    if (mine.signal.aborted) return;
    old.removeAttribute("aria-busy");
    return note("The server does not answer.");
  }
  if (mine.signal.aborted) return;
  const fresh = page.getElementById("answer");
  if (!fresh) return location.assign(url);
  old.replaceWith(fresh);
  const wrong = page.getElementById("wrong");
  if (wrong) document.getElementById("wrong").replaceWith(wrong);
  for (const link of document.querySelectorAll("form[data-live] a[href]")) {
    const same = [...page.querySelectorAll("form[data-live] a[href]")].find((a) => a.textContent === link.textContent);
    if (same) link.href = same.href;
  }
  document.title = page.title;
  history[keep ? "pushState" : "replaceState"](null, "", url);
}

for (const form of document.querySelectorAll("form[data-live]")) {
  for (const input of form.querySelectorAll("[name^='set.']")) {
    // What the file says; an address that changes it says so, too.
    const set = new URLSearchParams(location.search).getAll("set").some((s) => s.startsWith(`${input.name.slice(4)}=`));
    input.dataset.written = set ? "" : input.value;
  }
  let timer;
  form.addEventListener("input", (event) => {
    if (event.target.dataset.slides) slide(event.target);
    clearTimeout(timer);
    timer = setTimeout(() => exchange(addressOf(form), false), PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    exchange(addressOf(form), true);
  });
}
addEventListener("popstate", () => location.reload());

// A slider turns a number from a tenth to ten times of what it was; a part of one goes from nothing to all.
function slide(slider) {
  const input = document.getElementById(slider.dataset.slides);
  const { number, unit, most } = slider.dataset;
  const at = slider.valueAsNumber / 100;
  let value = Number(number) * 10 ** at;
  if (most) value = at < 0 ? Number(number) * (1 + at) : Number(number) + (Number(most) - Number(number)) * at;
  input.value = `${Number(value.toPrecision(3))}${unit}`;
}

for (const form of document.querySelectorAll("form[data-drop]")) {
  const input = form.querySelector("input[type=file]");
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    input.files = event.dataTransfer.files;
    if (input.files.length) form.requestSubmit();
  });
  input.addEventListener("change", () => input.files.length && form.requestSubmit());
}

function note(text) {
  const said = Object.assign(document.createElement("p"), { className: "note", role: "status", textContent: text });
  document.body.append(said);
  setTimeout(() => said.remove(), 2000);
}

// Tables go to the clipboard; with a key held, and where there is no clipboard, they are saved.
addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-copy]");
  if (!link || event.ctrlKey || event.metaKey || !["csv", "tsv", "md"].includes(link.dataset.copy) || !navigator.clipboard) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(await (await fetch(link.href)).text());
    note(`Copied as ${link.textContent}.`);
  } catch {
    note("This browser closes its clipboard: the table is saved instead.");
    location.assign(link.href);
  }
});

addEventListener("input", (event) => {
  const table = event.target.dataset.find && document.querySelector(event.target.dataset.find);
  if (!table) return;
  const wanted = event.target.value.toLowerCase();
  for (const row of table.tBodies[0].rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
});

// Whoever typed a name once is asked no more.
for (const input of document.querySelectorAll("form[method=post] input[name=by]:not([type=hidden])")) {
  try {
    input.value ||= localStorage.getItem("name") ?? "";
    input.form.addEventListener("submit", () => localStorage.setItem("name", input.value));
  } catch {} // a browser that keeps nothing
}

// What is saved is what the page shows by now.
for (const form of document.querySelectorAll("form[data-here]")) {
  form.addEventListener("submit", () => {
    const said = new URLSearchParams(location.search);
    for (const name of ["scenario", "version", "s"]) said.delete(name);
    if (said.has("w")) form.elements.namedItem("q").value = said;
  });
}

// Keys.
const PLACES = { s: "/", w: "/workload", p: "/plan", b: "/bill", r: "/rightsize", m: "/prices", k: "/scenarios" };
let before = "";
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), select, textarea")) return;
  const key = event.key;
  const place = before === "g" && PLACES[key];
  before = key;
  if (place) {
    const way = [...document.querySelectorAll("header.site nav a, main .bar a, ul.ways a")].findLast((a) => new URL(a.href).pathname === place);
    location.assign(way ? way.href : place);
  } else if (key === "?") document.getElementById("keys").showModal();
  else if (key === "/") {
    event.preventDefault();
    document.querySelector("main input:not([type=hidden])")?.focus();
  } else if (key === "j" || key === "k") walk(key === "j" ? 1 : -1);
  else if (key === "x") document.querySelector("tr.here input[type=checkbox]")?.click();
  else document.querySelector(`main [data-key="${CSS.escape(key)}"]`)?.click();
});

function walk(step) {
  const rows = [...document.querySelectorAll("main table tbody tr:not([hidden])")];
  const at = rows.findIndex((row) => row.classList.contains("here"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
  if (!next) return;
  rows[at]?.classList.remove("here");
  next.classList.add("here");
  next.scrollIntoView({ block: "nearest" });
  (next.querySelector("a, input") ?? next).focus?.();
}

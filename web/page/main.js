// The page: files in at the top, the list beside the report, everything said in one of two languages.

import script from "worker:worker.js";
import { Blank } from "./blank.js";
import { byId, element, show } from "./dom.js";
import { List } from "./list.js";
import { Pool } from "./pool.js";
import { Shown } from "./report.js";
import { Run } from "./run.js";
import { beside, copy, save, saving, toast } from "./save.js";
import { dropped, files, folder } from "./sources.js";
import { current, onLanguage, preferred, say, speak } from "./words.js";

const pool = new Pool(script, byId("module").textContent);
let about;
let run;
let list;
let shown;
let blank;
let status = null;

const events = {
  listed() {
    show(byId("main"), true);
    list.fill();
    notices();
  },
  progress(stage, done, total) {
    status = { stage, done, total };
    showStatus();
  },
  checked() {
    if (pending) return;
    pending = true;
    // Rows come in groups: some thousand reports are done in a minute.
    setTimeout(() => {
      pending = false;
      list.fill();
      first();
    }, 150);
  },
  finished() {
    status = null;
    showStatus();
    list.fill();
    list.refresh();
    notices();
    if (shown.of && run.reports().some(({ report }) => report === shown.of.report)) shown.render();
    else first();
    marked();
  },
  stopped(done, total) {
    status = { stage: "stopped", done, total };
    showStatus();
    list.fill();
    notices();
    first();
  },
};
let pending = false;

function showStatus() {
  const isBusy = status && status.stage !== "stopped";
  show(byId("progress"), Boolean(status));
  show(byId("bar"), Boolean(isBusy));
  show(byId("cancel"), Boolean(isBusy));
  document.body.classList.toggle("has-run", Boolean(status) || Boolean(run && run.items.length));
  if (!status) return;
  const { stage, done, total } = status;
  byId("status").textContent = say(stage, { done: Math.min(done + (stage === "checking" && done < total ? 1 : 0), total), total });
  if (total) byId("bar").value = done / total;
  else byId("bar").removeAttribute("value");
}

// Shows the first report as soon as there is one; on a phone the list comes first.
function first() {
  if (shown.of && run.reports().some(({ report }) => report === shown.of.report)) return;
  shown.clear();
  const reports = run.reports();
  if (!reports.length) return;
  const isNarrow = matchMedia("(max-width: 52rem)").matches;
  if (isNarrow && reports.length > 1) return;
  choose(reports.find(({ report }) => report.verdict === "findings") || reports[0], false);
}

function choose(of, isAsked = true) {
  shown.show(of);
  marked();
  document.body.classList.toggle("has-report", isAsked);
  if (isAsked) byId("report-title").focus({ preventScroll: true });
  if (isAsked && matchMedia("(max-width: 52rem)").matches) scrollTo(0, 0);
}

function marked() {
  list.current(shown.of && shown.of.report);
  document.body.classList.toggle("is-single", run.reports().length === 1);
}

// What is to be said of the run besides its reports.
function notices() {
  const lines = run.warnings.map(({ text }) => text);
  const others = run.items.filter((item) => item.outcome && item.outcome.taken !== "reports").map((item) => item.path);
  if (others.length) {
    const named = others.slice(0, 3).join(say("comma"));
    lines.push(say(others.length > 3 ? "left-out-more" : "left-out", { count: others.length, first: named }));
  }
  const not = run.across ? run.across.not_evaluated : [];
  if (not.length) {
    const one = not[0];
    const because = `${one.organization} ${say("year", { year: one.year })}: ${one.because}`;
    lines.push(say("not-compared", { count: not.length + (run.across.more_not_evaluated || 0), first: because }));
  }
  if (!run.items.length && !run.isBusy) lines.push(say("nothing"));
  byId("notices").replaceChildren(...lines.map((text) => element("li", { text })));
}

const actions = {
  back() {
    document.body.classList.remove("has-report");
    const row = shown.of && list.rows.get(shown.of.report);
    if (row) row.button.focus();
  },
  copy,
  // The buttons of a report.
  buttons(of) {
    const { report, item } = of;
    const button = (word, work, properties = {}) => {
      const made = element("button", { type: "button", text: say(word), ...properties });
      made.addEventListener("click", work(made));
      return made;
    };
    const copy = (made) => saving(made, async () => {
      const { bytes, extension, remarks } = await run.annotated(item);
      save(beside(item.path, say("suffix-marked"), extension), bytes);
      if (remarks.length) toast(remarks.join(" "));
    });
    const page = (made) => saving(made, async () => {
      const bytes = await run.rendered("html", [of], current());
      save(beside(report.path, say("suffix-page"), "html"), bytes, "text/html");
    });
    const figures = (made) => saving(made, () => saveFigures([item], beside(report.path, say("suffix-figures"), "xlsx")));
    const print = () => () => window.print();
    const isRead = !item.lost && report.has_form;
    return [
      isRead ? button("save-marked", copy, { "data-save": "marked", class: "main", title: say("save-marked-hint") }) : null,
      button("save-page", page, { "data-save": "page" }),
      isRead ? button("save-figures", figures, { "data-save": "figures" }) : null,
      button("print", print, { "data-save": "print" }),
    ];
  },
};

async function saveFigures(items, name) {
  const files = items.map(({ path, within }) => ({ path, within }));
  const reply = await pool.ask({ ask: "figures", files }, items.map((item) => run.bytes(item)), { isFirst: true });
  save(name, reply.files[0]);
}

// Files that are handed in while the module is still starting wait for it.
let started;
const ready = new Promise((resolve) => { started = resolve; });

async function take(sources) {
  if (!run) toast(say("starting"));
  await ready;
  show(byId("main"), true);
  document.body.classList.remove("has-report");
  try {
    await run.add(await sources);
  } catch (error) {
    fail(error);
  }
}

function fail(error) {
  byId("broken").textContent = say("broken", { why: error.message });
  show(byId("broken"), true);
}

// Takes files from the first moment on: a browser leaves the page for a file that nobody takes.
function receive() {
  for (const [id, made] of [["files", files], ["folder", folder]]) {
    byId(id).addEventListener("change", ({ target }) => {
      const sources = made([...target.files]);
      // The same file may be chosen again once it was changed.
      target.value = "";
      take(sources);
    });
  }
  let depth = 0;
  const isOver = (by) => {
    depth = Math.max(0, depth + by);
    show(byId("over"), depth > 0);
  };
  const hasFiles = (event) => [...event.dataTransfer.types].includes("Files");
  addEventListener("dragenter", (event) => { if (hasFiles(event)) { event.preventDefault(); isOver(1); } });
  addEventListener("dragleave", (event) => { if (hasFiles(event)) isOver(-1); });
  addEventListener("dragover", (event) => { if (hasFiles(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    isOver(0);
    take(dropped(event.dataTransfer));
  });
}

function listen() {
  byId("cancel").addEventListener("click", () => run.stopped());
  const all = byId("save-page");
  all.addEventListener("click", saving(all, async () => {
    save(`gouji.${say("suffix-page")}.html`, await run.rendered("html", run.reports(), current()), "text/html");
  }));
  const figures = byId("save-figures");
  figures.addEventListener("click", saving(figures, () => {
    const items = run.items.filter((item) => item.outcome && item.outcome.reports.some((report) => report.has_form));
    return saveFigures(items, `gouji.${say("suffix-figures")}.xlsx`);
  }));
  byId("clear").addEventListener("click", () => {
    run.clear();
    list.clear();
    shown.clear();
    status = null;
    showStatus();
    show(byId("main"), false);
    document.body.classList.remove("has-run", "has-report");
  });
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => speakAll(button.dataset.language));
  }
}

// Another language: what is said of reports is made anew, as it is made with the report at hand.
async function speakAll(language) {
  if (language === current()) return;
  speak(language);
  about = (await pool.ask({ ask: "about" }, [], { isFirst: true })).head;
  run.about = about;
  blank.fill();
  showAbout();
  showStatus();
  list.count();
  shown.of = null;
  if (run.items.length) await run.again();
  else shown.clear();
}

function showAbout() {
  byId("about").textContent = say("about", { version: about.version, forms: about.forms.map((form) => form.name).join(say("comma")) });
}

async function begin() {
  speak(preferred());
  receive();
  tighten();
  try {
    about = (await pool.ask({ ask: "about" })).head;
  } catch (error) {
    fail(error);
    return;
  }
  run = new Run(pool, about, events);
  list = new List(run, choose);
  shown = new Shown(run, list, actions);
  blank = new Blank(run);
  shown.clear();
  showAbout();
  list.count();
  onLanguage(() => list.refresh());
  listen();
  document.body.classList.add("is-ready");
  started();
}

// Browsers before `wasm-unsafe-eval` run a module only where `unsafe-eval` is allowed, and so the policy of the page allows
// it. Those that know the former are not allowed the latter: another policy can only forbid more.
function tighten() {
  if (!("findLast" in Array.prototype)) return;
  document.head.append(element("meta", { "http-equiv": "Content-Security-Policy", content: "script-src 'wasm-unsafe-eval'; worker-src blob:" }));
}

begin();

// The list of reports with their verdicts.

import { apart, byId, element, harmless, show } from "./dom.js";
import { current, say } from "./words.js";

const VERDICTS = ["findings", "unverifiable", "pass"];
// So many rows are made at a time, so that the page goes on answering.
const AT_A_TIME = 120;
const SIGNS = { pass: "✓", findings: "!", unverifiable: "?" };

export function sign(verdict) {
  return element("span", { class: `sign ${verdict}`, role: "img", "aria-label": say(verdict), text: SIGNS[verdict] });
}

// What a report is called: whose it is and of which year, or its file.
export function titled({ path, organization, year }) {
  const name = organization || path.split("/").pop();
  return [name, year ? say("year", { year }) : null];
}

export class List {
  constructor(run, chosen) {
    this.run = run;
    this.chosen = chosen;
    this.rows = new Map();
    this.filter = "";
    this.list = byId("list");
    byId("search").addEventListener("input", () => this.narrow());
    byId("sort").addEventListener("change", () => this.sort());
    this.list.addEventListener("keydown", (event) => this.step(event));
    byId("filter").addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      this.filter = button.value;
      this.narrow();
      this.count();
    });
  }

  clear() {
    this.rows.clear();
    this.list.replaceChildren();
    this.filter = "";
    byId("search").value = "";
    this.count();
  }

  // The verdict of a report, with what is said across reports.
  verdict(report) {
    const across = this.run.acrossOf(report);
    return across.some((finding) => finding.severity !== "advice") ? "findings" : report.verdict;
  }

  counts(report) {
    const counts = [...report.counts];
    const places = ["error", "warning", "advice"];
    for (const { severity } of this.run.acrossOf(report)) counts[places.indexOf(severity)] += 1;
    return counts;
  }

  // Shows the reports that are known by now, in order; rows that are there stay.
  fill() {
    clearTimeout(this.later);
    const reports = this.run.reports();
    const isKnown = new Set(reports.map(({ report }) => report));
    for (const [report, row] of this.rows) {
      if (isKnown.has(report)) continue;
      row.item.remove();
      this.rows.delete(report);
    }
    let before = null;
    let made = 0;
    for (const known of reports) {
      let row = this.rows.get(known.report);
      if (!row) {
        if (made === AT_A_TIME) {
          this.later = setTimeout(() => this.fill());
          break;
        }
        made += 1;
        row = this.row(known);
        this.rows.set(known.report, row);
        if (before) before.item.after(row.item);
        else this.list.prepend(row.item);
      }
      before = row;
    }
    this.settle();
  }

  // Words and verdicts anew: other reports are known, or the language is another one.
  refresh() {
    clearTimeout(this.refreshing);
    let made = 0;
    for (const [report, row] of this.rows) {
      if (row.said === this.said(report)) continue;
      if (made === AT_A_TIME) {
        this.refreshing = setTimeout(() => this.refresh());
        break;
      }
      made += 1;
      const anew = this.row(row.of);
      anew.button.setAttribute("aria-current", row.button.getAttribute("aria-current") || "false");
      row.item.replaceWith(anew.item);
      this.rows.set(report, anew);
    }
    this.settle();
  }

  settle() {
    if (byId("sort").value !== "files") this.sort();
    this.narrow();
    this.count();
  }

  // What a row depends on, besides its report.
  said(report) {
    return [current(), this.verdict(report), ...this.counts(report)].join(" ");
  }

  row(of) {
    const { report } = of;
    const verdict = this.verdict(report);
    const [name, year] = titled(report);
    const counts = this.counts(report);
    const levels = ["error", "warning", "advice"].map((level, place) => (
      counts[place] ? element("span", { class: `count ${level}`, text: `${say(level)} ${counts[place]}` }) : null
    ));
    const path = report.part ? `${report.path} · ${report.part}` : report.path;
    const button = element("button", { type: "button", onclick: () => this.chosen(of) },
      sign(verdict),
      element("span", { class: "what" },
        element("span", { class: "name" }, apart(name), year ? element("span", { class: "year", text: year }) : null),
        element("span", { class: "path" }, apart(path)),
        element("span", { class: "counts" }, levels)));
    const item = element("li", { "data-verdict": verdict }, button);
    const grave = counts[0] * 1e6 + counts[1] * 1e3 + counts[2] + (verdict === "unverifiable" ? 0.5 : 0);
    return { of, item, button, verdict, grave, said: this.said(report), text: harmless(`${name} ${year || ""} ${path}`).toLowerCase() };
  }

  // Marks the report that is shown.
  current(report) {
    for (const [known, { button }] of this.rows) button.setAttribute("aria-current", String(known === report));
  }

  narrow() {
    const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of this.rows.values()) {
      const fits = (!this.filter || row.verdict === this.filter) && words.every((word) => row.text.includes(word));
      row.item.hidden = !fits;
      count += fits;
    }
    show(byId("none"), this.rows.size > 0 && count === 0);
  }

  sort() {
    const rows = [...this.rows.values()];
    if (byId("sort").value === "worst") {
      rows.sort((one, other) => other.grave - one.grave);
    } else {
      const places = new Map(this.run.reports().map(({ report }, place) => [report, place]));
      rows.sort((one, other) => places.get(one.of.report) - places.get(other.of.report));
    }
    this.list.append(...rows.map(({ item }) => item));
  }

  count() {
    const rows = [...this.rows.values()];
    const counted = VERDICTS.map((verdict) => [verdict, rows.filter((row) => row.verdict === verdict).length]);
    const button = (value, word, count) => element("button", {
      type: "button", value, "aria-pressed": String(this.filter === value), disabled: Boolean(value) && !count,
    }, `${say(word)} `, element("b", { text: count }));
    byId("filter").replaceChildren(
      button("", "filter-all", rows.length),
      ...counted.map(([verdict, count]) => button(verdict, `filter-${verdict}`, count)));
  }

  step(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (!(event.key in steps) || event.altKey || event.ctrlKey || event.metaKey) return;
    const shown = [...this.list.children].filter((item) => !item.hidden);
    const next = shown[shown.indexOf(event.target.closest("li")) + steps[event.key]];
    if (!next) return;
    event.preventDefault();
    next.firstElementChild.focus();
  }
}

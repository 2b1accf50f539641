// One report: as it is printed, with every finding at its own place; above it what is said of it against other reports.

import { apart, byId, element } from "./dom.js";
import { drawings } from "./drawing.js";
import { sign, titled } from "./list.js";
import { say } from "./words.js";

const LEVELS = ["error", "warning", "advice"];

export class Shown {
  constructor(run, list, actions) {
    this.run = run;
    this.list = list;
    this.actions = actions;
    this.home = byId("report");
    this.of = null;
    document.addEventListener("keydown", (event) => this.key(event));
  }

  clear() {
    this.of = null;
    this.home.replaceChildren(element("p", { class: "hint pick", text: say("pick") }));
  }

  show(of) {
    this.of = of;
    this.render();
  }

  render() {
    if (!this.of) return this.clear();
    const { report } = this.of;
    const view = JSON.parse(report.view);
    const across = this.run.acrossOf(report);
    const parts = [
      element("button", { type: "button", class: "back", onclick: () => this.actions.back(), text: `‹ ${say("back")}` }),
      this.head(view),
      element("div", { class: "actions" }, this.actions.buttons(this.of)),
      across.length ? this.across(across) : null,
      this.marked(view),
    ];
    this.home.replaceChildren(...parts.filter(Boolean));
    return undefined;
  }

  head(view) {
    const { report } = this.of;
    const verdict = this.list.verdict(report);
    const [name, year] = titled(report);
    const counts = this.list.counts(report);
    const levels = LEVELS.map((level, place) => (
      counts[place] ? element("span", { class: `chip ${level}`, text: `${say(level)} ${counts[place]}` }) : null
    ));
    const rules = view.pack && element("span", {
      class: "rules",
      text: say("rules", { held: view.rules.held, broken: view.rules.broken, unput: view.rules.not_evaluated }),
    });
    const path = report.part ? `${report.path} · ${report.part}` : report.path;
    return element("header", { class: "head" },
      element("h2", { id: "report-title", tabindex: "-1" }, sign(verdict), apart(name), year ? element("span", { class: "year", text: year }) : null),
      element("p", { class: "path" }, apart(path)),
      element("p", { class: "verdict" }, element("b", { class: verdict, text: say(verdict) }), levels, rules),
      report.unverified ? element("p", { class: "unseen" }, apart(report.unverified)) : null);
  }

  // The report, which the module draws; it may take as long as checking it did.
  marked(view) {
    const { of } = this;
    const place = element("div", { class: "printed" }, element("p", { class: "hint", role: "status", text: say("saving") }));
    this.run.marked(of.item).then((html) => {
      if (this.of !== of) return;
      // All text in it is escaped by the module, and the policy of the page runs none of it.
      place.innerHTML = html;
      this.copies(place, this.run.findings(of.item));
      this.reach(place, of.item.outcome.reports.indexOf(of.report));
    }, (error) => {
      if (this.of === of) place.replaceChildren(element("p", { class: "hint", text: say("failed", { why: error.message }) }),
        ...view.findings.map((finding) => this.card(finding)));
    });
    return place;
  }

  // A button to each finding that copies it.
  copies(place, findings) {
    place.querySelectorAll(".card").forEach((card, number) => {
      const { report, finding, at } = findings[number];
      card.append(this.copy(() => this.text(report, finding, at)));
    });
  }

  copy(text) {
    return element("button", { type: "button", class: "copy", text: say("copy"), onclick: (event) => {
      event.stopPropagation();
      this.actions.copy(text());
    } });
  }

  // Of a file with several reports the one that was chosen.
  reach(place, number) {
    const heads = place.querySelectorAll(".findings > header");
    if (number > 0 && heads[number]) heads[number].scrollIntoView({ block: "nearest" });
  }

  across(findings) {
    return element("section", { class: "across", "aria-label": say("across") },
      element("h3", { text: say("across-title") }),
      findings.map((finding) => this.card(finding)));
  }

  card(finding) {
    const { report } = this.of;
    return element("section", { class: `own ${finding.severity}` },
      element("p", { class: "head" },
        element("span", { class: `chip ${finding.severity}`, text: say(finding.severity) }), " ",
        element("span", { class: "code", text: finding.code }), " ",
        finding.place ? element("bdi", { class: "place", text: finding.place }) : null),
      element("p", { class: "says" }, apart(finding.sentence)),
      element("div", { class: "drawings" }, drawings(finding)),
      (finding.notes || []).map((note) => element("p", { class: "note" }, apart(note))),
      finding.help ? element("p", { class: "note" }, element("b", { text: say("help") }), " ", apart(finding.help)) : null,
      this.copy(() => this.text(report, finding, null)));
  }

  // A finding as somebody would send it on.
  text(report, finding, at) {
    const head = [report.path, report.part, at].filter(Boolean).join(" ");
    const lines = [`${say(finding.severity)} ${finding.code} ${[finding.place, finding.sentence].filter(Boolean).join(" ")}`];
    lines.push(...(finding.notes || []));
    if (finding.help) lines.push(`${say("help")} ${finding.help}`);
    return `${head}\n${lines.join("\n")}\n`;
  }

  // The arrows do what the buttons of the report do; letters are its own.
  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const steps = { ArrowRight: 1, ArrowLeft: -1 };
    const { target } = event;
    // A wide table is moved by its own keys, text by those of its field.
    if (!(event.key in steps) || target.closest("input, select, textarea, .scroll")) return;
    const button = this.home.querySelector(`[data-step="${steps[event.key]}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  }
}

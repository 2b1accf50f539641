// One report: what is wrong with it, drawn in its tables and sentences, finding by finding.

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
    this.at = -1;
    this.render();
    this.home.scrollTop = 0;
  }

  render() {
    if (!this.of) return this.clear();
    const { report } = this.of;
    const view = JSON.parse(report.view);
    const own = view.findings.map((finding, place) => ({ finding, at: report.places[place] }));
    const across = this.run.acrossOf(report).map((finding) => ({ finding, isAcross: true }));
    this.findings = [...own, ...across];
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
    this.cards = this.findings.map((known, place) => this.card(known, place));
    this.home.replaceChildren(
      element("button", { type: "button", class: "back", onclick: () => this.actions.back(), text: `‹ ${say("back")}` }),
      element("header", {},
        element("h2", { id: "report-title", tabindex: "-1" }, sign(verdict), apart(name), year ? element("span", { class: "year", text: year }) : null),
        element("p", { class: "path" }, apart(path)),
        element("p", { class: "verdict" }, element("b", { class: verdict, text: say(verdict) }), levels, rules),
        report.unverified ? element("p", { class: "unseen" }, apart(report.unverified)) : null),
      element("div", { class: "actions" }, this.actions.buttons(this.of)),
      this.findings.length ? this.stepper() : element("p", { class: "hint", text: say("no-findings") }),
      ...this.cards);
  }

  stepper() {
    this.nth = element("output", { class: "nth", "aria-live": "polite", text: say("in-all", { all: this.findings.length }) });
    const button = (step, word) => element("button", { type: "button", "data-step": step, onclick: () => this.step(step), text: say(word) });
    return element("div", { class: "stepper", role: "group" }, button(-1, "previous"), button(1, "next"), this.nth,
      element("span", { class: "keys", text: say("keys") }));
  }

  card({ finding, at, isAcross }, place) {
    const { severity, code, found, expected } = finding;
    const drawn = drawings(finding);
    const card = element("section", { class: `finding ${severity}`, tabindex: "-1", "aria-labelledby": `f${place}` });
    const copy = element("button", { type: "button", class: "copy", onclick: () => this.actions.copy(this.text(this.findings[place])), text: say("copy") });
    card.append(
      element("h3", { id: `f${place}` },
        element("span", { class: `chip ${severity}`, text: say(severity) }), " ",
        finding.place ? element("bdi", { class: "place", text: finding.place }) : null,
        finding.confidence ? element("span", { class: "chip certainty", text: `${say("certainty")} ${say(finding.confidence)}` }) : null,
        isAcross ? element("span", { class: "chip across", text: say("across") }) : null),
      element("p", { class: "says" }, apart(finding.sentence)));
    if (!drawn.length && found !== undefined && expected !== undefined) {
      card.append(element("p", { class: "pair" }, `${say("found")} `, element("s", {}, apart(found || "␣")), ` → ${say("expected")} `, element("ins", {}, apart(expected))));
    }
    card.append(element("div", { class: "drawings" }, drawn));
    for (const note of finding.notes || []) card.append(element("p", { class: "note" }, apart(note)));
    if (finding.help) card.append(element("p", { class: "note" }, element("b", { text: `${say("help")} ` }), apart(finding.help)));
    card.append(element("p", { class: "foot" }, at ? element("span", { class: "at" }, apart(at)) : null,
      element("span", { class: "code", text: `${code} ${finding.name}` }), copy));
    card.addEventListener("click", () => this.mark(place));
    return card;
  }

  // A finding as somebody would send it on.
  text({ finding, at }) {
    const { report } = this.of;
    const head = [report.path, report.part, at].filter(Boolean).join(" ");
    const lines = [`${say(finding.severity)} ${finding.code} ${[finding.place, finding.sentence].filter(Boolean).join(" ")}`];
    lines.push(...(finding.notes || []));
    if (finding.help) lines.push(`${say("help")} ${finding.help}`);
    return `${head}\n${lines.join("\n")}\n`;
  }

  mark(place) {
    this.at = place;
    this.cards.forEach((card, other) => card.classList.toggle("current", other === place));
    if (this.nth) this.nth.textContent = say("nth", { n: place + 1, all: this.cards.length });
  }

  // Goes to the next finding, or the one before; round at the ends.
  step(by) {
    const all = this.cards ? this.cards.length : 0;
    if (!all) return;
    this.mark(this.at < 0 ? (by > 0 ? 0 : all - 1) : (this.at + by + all) % all);
    const card = this.cards[this.at];
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "start" });
    for (const wrong of card.querySelectorAll(".scroll .wrong")) {
      const scroll = wrong.closest(".scroll");
      scroll.scrollLeft = wrong.offsetLeft - scroll.clientWidth / 2;
    }
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || !this.of) return;
    const { target } = event;
    if (/^(input|select|textarea)$/i.test(target.tagName)) return;
    const steps = { n: 1, j: 1, p: -1, k: -1, ArrowRight: 1, ArrowLeft: -1 };
    // A wide table is moved by its own keys.
    if (!(event.key in steps) || (event.key.startsWith("Arrow") && target.closest(".scroll"))) return;
    event.preventDefault();
    this.step(steps[event.key]);
  }
}

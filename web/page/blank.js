// A blank form for next year: which, whose, of which year, as which file.

import { byId, element, harmless, show } from "./dom.js";
import { save, saving } from "./save.js";
import { say } from "./words.js";

export class Blank {
  constructor(run) {
    this.run = run;
    this.form = byId("blank");
    this.button = byId("to-blank");
    this.button.addEventListener("click", () => this.toggle(this.form.hidden));
    byId("blank-close").addEventListener("click", () => this.toggle(false));
    const submit = this.form.querySelector("[type=submit]");
    const make = saving(submit, () => this.make());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      make();
    });
    const { previous } = this.form.elements;
    previous.addEventListener("change", () => {
      const [file] = previous.files;
      byId("blank-previous").textContent = file ? harmless(file.name) : say("blank-previous-none");
    });
    this.form.elements.year.value = new Date().getFullYear() - 1;
    this.fill();
  }

  // The forms there are, the newest first.
  fill() {
    const { pack } = this.form.elements;
    const chosen = pack.value;
    const forms = [...this.run.about.forms].sort((one, other) => (other.from || 0) - (one.from || 0));
    pack.replaceChildren(...forms.map(({ id, name }) => element("option", { value: id, text: name })));
    pack.value = forms.some(({ id }) => id === chosen) ? chosen : forms[0].id;
  }

  toggle(isOpen) {
    show(this.form, isOpen);
    this.button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) this.form.elements.pack.focus();
    else this.button.focus();
  }

  async make() {
    const { pack, organization, year, format, previous } = this.form.elements;
    const [file] = previous.files;
    const ask = {
      ask: "blank",
      pack: pack.value,
      organization: organization.value.trim() || null,
      year: Number(year.value) || null,
      format: format.value,
      previous: file ? file.name : null,
    };
    const { head, files } = await this.run.blank(ask, file);
    save(`${head.title}.${format.value}`, files[0]);
    byId("blank-said").textContent = head.remarks.join(" ");
  }
}

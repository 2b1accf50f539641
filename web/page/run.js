// A run: all files that were handed in, in the order in which the command has them, each checked by itself, then the reports
// against each other. What it finds is kept here, and nowhere else.

import { Late, Stopped } from "./pool.js";

// An archive is handed in whole, to be listed, and the module can hold so much of it.
const LARGEST_ARCHIVE = 1 << 30;

export class Run {
  constructor(pool, about, events) {
    this.pool = pool;
    this.about = about;
    this.events = events;
    // Of the run: what comes of an earlier one is not asked for any more.
    this.number = 0;
    this.clear();
  }

  clear() {
    this.stop();
    // What was handed in: { path, file, named, lost }.
    this.sources = [];
    // The same with its outcome, the reports of an archive one by one, each with the piece of it that it lies in.
    this.items = [];
    // What is to be said of archives: { path, text }.
    this.warnings = [];
    this.across = null;
  }

  stop() {
    this.number += 1;
    this.busy = false;
    if (this.comparing) this.comparing.end(new Stopped());
    this.comparing = null;
    this.pool.stop();
  }

  get isBusy() {
    return this.busy;
  }

  // Takes in what was dropped or chosen. A file that is there already is checked anew, in its place.
  async add({ single, folders }) {
    this.stop();
    const added = single.map((item) => ({ ...item, named: true }));
    for (const folder of folders) added.push(...(await this.chosen(folder)));
    const isNew = new Set(added.map((item) => item.path));
    const isKept = (item) => !isNew.has(item.from || item.path);
    this.sources = [...this.sources.filter(isKept), ...added];
    this.items = [...this.items.filter(isKept), ...added.map((item) => ({ ...item }))];
    await this.go();
  }

  // Checks everything once more: in another language.
  async again() {
    this.stop();
    this.items = this.sources.map((item) => ({ ...item }));
    await this.go();
  }

  // The files of a folder that are looked into.
  async chosen(folder) {
    const { head } = await this.pool.ask({ ask: "choose", paths: folder.map((item) => item.path) }, [], { isFirst: true });
    const lost = folder.filter((item) => item.lost);
    const wanted = head.filter(({ index }) => !folder[index].lost).map(({ index, copy }) => (
      copy ? { ...folder[index], outcome: { taken: "own", reports: [] } } : folder[index]));
    return [...wanted, ...lost].map((item) => ({ ...item, named: false }));
  }

  // Checks what has not been checked yet.
  async go() {
    const number = this.number;
    const isOver = () => number !== this.number;
    this.busy = true;
    this.across = null;
    this.warnings = this.warnings.filter(({ path }) => this.sources.some((source) => source.path === path));
    try {
      this.events.progress("looking", 0, 0);
      await this.unpack();
      const open = this.items.filter((item) => !item.outcome);
      const all = open.length;
      let done = 0;
      this.events.listed();
      this.events.progress("checking", 0, all);
      await Promise.all(open.map(async (item) => {
        item.outcome = await this.checked(item);
        if (isOver()) return;
        done += 1;
        this.events.progress("checking", done, all);
        this.events.checked(item);
      }));
      if (isOver()) return;
      await this.compare(isOver);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
    } finally {
      if (!isOver()) {
        this.busy = false;
        this.events.finished();
      }
    }
  }

  // What was checked when somebody stopped it.
  stopped() {
    const all = this.items.length;
    this.stop();
    this.items = this.items.filter((item) => item.outcome);
    const isKept = new Set(this.items.map((item) => item.from || item.path));
    this.sources = this.sources.filter((item) => isKept.has(item.path));
    this.events.stopped(this.items.length, all);
  }

  // Puts the reports of archives in the place of these.
  async unpack() {
    const isArchive = (item) => !item.outcome && !item.within && !item.isDocument && item.file && item.path.toLowerCase().endsWith(".zip");
    const items = [];
    for (const item of this.items) {
      if (!isArchive(item)) {
        items.push(item);
        continue;
      }
      const { path, file } = item;
      const ask = file.size > LARGEST_ARCHIVE ? { ask: "not-opened", path, detail: "> 1 GiB" } : { ask: "list", path };
      const { head } = await this.pool.ask(ask, ask.ask === "list" ? [file] : []);
      if (ask.ask !== "list") {
        items.push({ ...item, outcome: head });
      } else if (head.document) {
        items.push({ ...item, isDocument: true });
      } else {
        this.warnings = this.warnings.filter((warning) => warning.path !== path);
        this.warnings.push(...head.warnings.map((text) => ({ path, text })));
        for (const { path: own, within, outcome } of head.entries) items.push({ path: own, from: path, file, within, outcome, named: false });
      }
    }
    this.items = items;
  }

  // The bytes of a file that the module is given: of one in an archive the piece in which it lies.
  bytes({ file, within }) {
    if (!file) return new Blob([]);
    if (within) return file.slice(within.place.start, within.place.start + within.reach);
    // One byte more than the largest file says that it is too large.
    return file.size <= this.about.file_bytes ? file : file.slice(0, this.about.file_bytes + 1);
  }

  async checked(item) {
    const { path, within, named, lost } = item;
    if (lost) return (await this.pool.ask({ ask: "not-opened", path, detail: lost })).head;
    try {
      const ask = { ask: "check", path, within, named: Boolean(named) };
      return (await this.pool.ask(ask, () => [this.bytes(item)], { seconds: this.about.seconds })).head;
    } catch (error) {
      if (error instanceof Late) return (await this.pool.ask({ ask: "late", path })).head;
      throw error;
    }
  }

  // All reports with their files, in order.
  reports() {
    return this.items.flatMap((item) => (item.outcome ? item.outcome.reports.map((report) => ({ item, report })) : []));
  }

  // Compares the reports with each other, in a worker that keeps them.
  async compare(isOver) {
    const reports = this.reports();
    const members = reports.map(({ report }) => ({
      path: report.path,
      part: report.part,
      unread: !report.has_form && report.organization && report.year ? [report.organization, report.year] : null,
      digest: report.digest,
    }));
    if (members.filter((member) => member.digest).length < 2) return;
    const worker = this.pool.alone();
    this.comparing = worker;
    try {
      const { head: verdicts } = await worker.ask({ ask: { ask: "judge", members }, files: [] });
      const entries = reports.filter(({ report }) => report.digest);
      const across = { ...verdicts, reports: [], byReport: new Map() };
      delete across.accused;
      let done = 0;
      for (const { entry, beside } of verdicts.accused) {
        if (isOver()) return;
        this.events.progress("comparing", done, verdicts.accused.length);
        const items = [...new Set([entry, ...beside].map((place) => entries[place].item))];
        const files = items.map((item) => ({
          path: item.path,
          within: item.within,
          reports: entries.flatMap((known, place) => (known.item === item ? [[place, known.report.part]] : [])),
        }));
        const { head } = await worker.ask({ ask: { ask: "again", entry, files }, files: items.map((item) => this.bytes(item)) });
        if (head.view) {
          const view = JSON.parse(head.view);
          across.reports.push({ of: entries[entry], view });
          across.byReport.set(entries[entry].report, view.findings);
        }
        done += 1;
      }
      if (!isOver()) this.across = across;
    } finally {
      worker.end();
      this.comparing = null;
    }
  }

  // What is said across reports of one of them.
  acrossOf(report) {
    return (this.across && this.across.byReport.get(report)) || [];
  }

  // A file as it is printed, with what is wrong marked, as HTML.
  async marked(item) {
    const { path, within } = item;
    const { head } = await this.pool.ask({ ask: "marked", path, within }, [this.bytes(item)], { isFirst: true });
    return head.html;
  }

  // All findings of a file, in the order in which it shows them.
  findings(item) {
    return item.outcome.reports.flatMap((report) => (
      JSON.parse(report.view).findings.map((finding, place) => ({ report, finding, at: report.places[place] }))
    ));
  }

  // A copy of a file with what was found marked in it.
  async annotated(item) {
    const { path, within } = item;
    const { head, files } = await this.pool.ask({ ask: "annotated", path, within }, [this.bytes(item)], { isFirst: true });
    return { ...head, bytes: files[0] };
  }

  // A blank form, with what is carried over from last year's report if there is one.
  blank(ask, previous) {
    return this.pool.ask(ask, previous ? [previous.slice(0, this.about.file_bytes + 1)] : [], { isFirst: true });
  }

  // A run as a file of an output format.
  async rendered(format, reports, language) {
    const chosen = new Set(reports.map(({ report }) => report));
    const none = { findings: [], rules: { held: 0, broken: 0, not_evaluated: 0 }, not_evaluated: [], more_not_evaluated: 0 };
    const across = this.across || { ...none, reports: [] };
    const said = across.reports.filter(({ of }) => chosen.has(of.report)).map(({ view }) => view);
    const isAll = chosen.size === this.reports().length;
    const ask = {
      ask: "render",
      format,
      reports: reports.map(({ report }) => report.view),
      across: { ...(isAll ? across : none), byReport: undefined, reports: said },
      left_out: isAll ? this.items.filter((item) => item.outcome && item.outcome.taken !== "reports").length : 0,
      day: today(),
      language,
    };
    const { files } = await this.pool.ask(ask, [], { isFirst: true });
    return files[0];
  }
}

function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

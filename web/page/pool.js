// The workers: as many as help, each asked one thing at a time. One that takes too long is ended, and another one begun.

import { current } from "./words.js";

const MOST = 4;

export class Late extends Error {}

export class Pool {
  // `text`: the module as it stands in the page.
  constructor(script, text) {
    this.url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    this.text = text;
    // The first worker unpacks and compiles it, for all.
    this.module = null;
    this.most = Math.max(1, Math.min(MOST, (navigator.hardwareConcurrency || 2) - 1));
    this.idle = [];
    this.workers = new Set();
    this.queue = [];
  }

  // Asks whichever worker is free. `files` may be a function that gives them, called when the request has its turn: even to
  // take a piece of a file costs something. `seconds`: how long it may take; `isFirst`: somebody waits for it.
  ask(ask, files = [], { seconds = 0, isFirst = false } = {}) {
    return new Promise((resolve, reject) => {
      const task = { ask: { language: current(), ...ask }, files, seconds, resolve, reject };
      if (isFirst) this.queue.unshift(task);
      else this.queue.push(task);
      this.pump();
    });
  }

  pump() {
    while (this.queue.length) {
      let worker = this.idle.pop();
      // Another worker costs a moment: it is for runs, not for a file or two.
      const isWorthIt = this.workers.size === 0 || this.queue.length > 4;
      if (!worker && this.workers.size < this.most && isWorthIt) worker = new Asked(this);
      if (!worker) return;
      const task = this.queue.shift();
      worker.ask(task).then(task.resolve, task.reject).then(() => {
        if (this.workers.has(worker)) this.idle.push(worker);
        this.pump();
      });
    }
  }

  // A worker for itself, for requests that go together.
  alone() {
    return new Asked(this);
  }

  // Ends everything that is asked.
  stop() {
    const waiting = this.queue;
    this.queue = [];
    for (const task of waiting) task.reject(new Stopped());
    for (const worker of [...this.workers]) if (!this.idle.includes(worker)) worker.end(new Stopped());
  }
}

export class Stopped extends Error {}

class Asked {
  constructor(pool) {
    this.pool = pool;
    this.worker = new Worker(pool.url);
    this.worker.onmessage = ({ data }) => this.settle(data.failed ? new Error(data.failed) : null, data.reply);
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.settle(new Error(event.message || "worker"));
    };
    pool.workers.add(this);
    this.ready = this.begin();
  }

  async begin() {
    const { pool } = this;
    const module = await (pool.module || (pool.module = this.send({ text: pool.text }).then((reply) => reply.module)));
    if (!pool.first) pool.first = this;
    if (pool.first !== this) await this.send({ module });
  }

  send(message) {
    return new Promise((resolve, reject) => {
      this.pending = { resolve, reject };
      this.worker.postMessage(message);
    });
  }

  settle(error, reply) {
    const { pending } = this;
    clearTimeout(this.timer);
    this.pending = null;
    if (!pending) return;
    if (error) pending.reject(error);
    else pending.resolve(reply);
  }

  async ask({ ask, files, seconds }) {
    await this.ready;
    const given = typeof files === "function" ? files() : files;
    const reply = this.send({ ask: { language: current(), ...ask }, files: given });
    if (seconds) this.timer = setTimeout(() => this.end(new Late()), seconds * 1000);
    return reply;
  }

  end(error = new Stopped()) {
    this.worker.terminate();
    this.pool.workers.delete(this);
    this.pool.idle = this.pool.idle.filter((worker) => worker !== this);
    this.settle(error);
  }
}

// Answers stay on this phone until the server has said that it has them: across lost signals,
// closed tabs and flat batteries. One entry an answer, so that two tabs do not undo each other.
import { storage } from "./panel_link.js";

const store = storage("localStorage");
const PAUSE = 3_000; // milliseconds before another try; doubles up to ten times that

export class Queue {
  // `send(kept)` answers [[kept, {status, …}], …]; `onAnswer(kept, answer)` hears each final one.
  constructor(person, send, onAnswer, onChange) {
    Object.assign(this, { prefix: `krunet.panel.${person}:`, send, onAnswer, onChange });
    this.unkept = new Map(); // where the browser has no more room for us
    this.pause = PAUSE;
    this.state = "idle"; // or "sending", "waiting"
    addEventListener("online", () => this.flush());
  }

  keep(path, body) {
    const text = JSON.stringify({ at: Date.now(), body });
    try {
      store.setItem(this.prefix + path, text);
    } catch {
      this.unkept.set(this.prefix + path, text);
    }
    this.onChange();
  }

  // [{key, path, text, body}], the oldest first.
  kept() {
    const keys = [...Object.keys(store), ...this.unkept.keys()];
    return [...new Set(keys)]
      .filter((key) => key.startsWith(this.prefix))
      .map((key) => ({ key, path: key.slice(this.prefix.length), text: this.read(key) }))
      .map((each) => ({ ...each, ...JSON.parse(each.text) }))
      .sort((one, other) => one.at - other.at);
  }

  read(key) {
    return this.unkept.get(key) ?? store.getItem(key);
  }

  drop(key) {
    this.unkept.delete(key);
    store.removeItem(key);
  }

  async flush() {
    if (this.state === "sending") return;
    clearTimeout(this.timer);
    this.state = "sending";
    let next;
    while ((next = this.kept()).length) {
      this.onChange();
      const answers = await this.send(next).catch(() => null);
      if (!answers || isLater(answers[0][1])) break;
      this.pause = PAUSE;
      for (const [each, answer] of answers) {
        // What was changed while it travelled goes again.
        if (this.read(each.key) === each.text) this.drop(each.key);
        this.onAnswer(each, answer);
      }
    }
    this.state = next.length ? "waiting" : "idle";
    if (next.length) {
      this.timer = setTimeout(() => this.flush(), this.pause);
      this.pause = Math.min(this.pause * 2, PAUSE * 10);
    }
    this.onChange();
  }
}

function isLater({ status, isLinkBad }) {
  return isLinkBad || status === 0 || status >= 500 || status === 401 || status === 429;
}

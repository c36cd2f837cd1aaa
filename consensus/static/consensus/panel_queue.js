// Answers stay on this phone until the server has said that it has them: across lost signals,
// closed tabs and flat batteries. One entry an answer, so that two tabs do not undo each other.
const PAUSE = 3_000; // milliseconds before another try; doubles up to ten times that

export class Queue {
  // `send(path, body)` answers {status, …}; `onAnswer(path, answer)` hears each final one.
  constructor(person, send, onAnswer, onChange) {
    Object.assign(this, { prefix: `krunet.panel.${person}:`, send, onAnswer, onChange });
    this.unkept = new Map(); // where the browser keeps nothing for us
    this.pause = PAUSE;
    this.state = "idle"; // or "sending", "waiting"
    addEventListener("online", () => this.flush());
  }

  keep(path, body) {
    const text = JSON.stringify({ at: Date.now(), body });
    try {
      localStorage.setItem(this.prefix + path, text);
    } catch {
      this.unkept.set(this.prefix + path, text);
    }
    this.onChange();
  }

  // [{key, path, text, body}], the oldest first.
  kept() {
    const keys = [...Object.keys(localStorage), ...this.unkept.keys()];
    return [...new Set(keys)]
      .filter((key) => key.startsWith(this.prefix))
      .map((key) => ({ key, path: key.slice(this.prefix.length), text: this.read(key) }))
      .map((each) => ({ ...each, ...JSON.parse(each.text) }))
      .sort((one, other) => one.at - other.at);
  }

  read(key) {
    return this.unkept.get(key) ?? localStorage.getItem(key);
  }

  drop(key) {
    this.unkept.delete(key);
    localStorage.removeItem(key);
  }

  async flush() {
    if (this.state === "sending") return;
    clearTimeout(this.timer);
    this.state = "sending";
    let next;
    while ((next = this.kept()[0])) {
      this.onChange();
      const answer = await this.send(next.path, next.body);
      if (isLater(answer)) break;
      this.pause = PAUSE;
      // What was changed while it travelled goes again.
      if (this.read(next.key) === next.text) this.drop(next.key);
      this.onAnswer(next, answer);
    }
    this.state = next ? "waiting" : "idle";
    if (next) this.timer = setTimeout(() => this.flush(), this.pause);
    if (next) this.pause = Math.min(this.pause * 2, PAUSE * 10);
    this.onChange();
  }
}

function isLater({ status, isLinkBad }) {
  return isLinkBad || status === 0 || status >= 500 || status === 401 || status === 429;
}

// What the study asks, step by step: while something is asked that step alone, else all of them.
import { make } from "./panel_cards.js";

export function showSteps(box, steps, { words, isAsked, isBegun }) {
  const wasOpen = box.dataset.of === String(isAsked) ? box.querySelector("details")?.open : undefined;
  const seen = steps.filter((each) => !isAsked || each.state === "now");
  const first = seen.find((each) => each.state !== "past");
  box.replaceChildren(...seen.map((each) => {
    const line = make("step");
    const state = isAsked ? "" : words[`step_${each.state}`];
    line.querySelector("summary").textContent = [`${each.number}. ${each.title}`, state].filter(Boolean).join(" · ");
    for (const name of ["now", "seen", "following"]) line.querySelector(`.${name}`).textContent = each[name];
    line.open = each === first && (wasOpen ?? !isBegun);
    return line;
  }));
  box.dataset.of = String(isAsked);
  box.hidden = !seen.length;
}

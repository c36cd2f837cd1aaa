// What became of one's own words of the open-ended round. Asked for when it is opened, not before.
import { ask } from "./panel_link.js";

const box = document.getElementById("ideas");
const [list, told] = [box.querySelector("div"), box.querySelector("[role=status]")];
let words;

export function showIdeas(page, given) {
  words = given;
  box.hidden = page.kind !== "panelist" || !page.steps.some((each) => each.kind === "open_ended" && each.state === "past");
}

box.addEventListener("toggle", async () => {
  if (!box.open) return;
  told.textContent = words.looking;
  const { said, words: trouble } = await ask("GET", "/ideas");
  told.textContent = said ? (said.ideas.length ? "" : words.no_ideas) : trouble;
  if (said) list.replaceChildren(...said.ideas.map(drawn));
});

function drawn({ text, items }) {
  const made = document.getElementById("idea").content.firstElementChild.cloneNode(true);
  made.querySelector("blockquote").textContent = text;
  made.querySelector("p").textContent = items.length ? words.idea_in : words.idea_alone;
  for (const each of items) made.querySelector("ul").appendChild(document.createElement("li")).textContent = `${each.position}. ${each.text}`;
  return made;
}

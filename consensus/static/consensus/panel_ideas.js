// What became of one's own words of the open-ended round. Fetched when it is opened, not before.
import { make } from "./panel_cards.js";
import { ask } from "./panel_link.js";

const box = document.getElementById("ideas");
const [list, told] = [box.querySelector("div"), box.querySelector("[role=status]")];

export async function showIdeas(words) {
  told.textContent = words.looking;
  const { said, words: trouble } = await ask("GET", "/ideas");
  told.textContent = said ? (said.ideas.length ? "" : words.no_ideas) : trouble;
  if (said) list.replaceChildren(...said.ideas.map((each) => drawn(each, words)));
}

function drawn({ text, items }, words) {
  const made = make("idea");
  made.querySelector("blockquote").textContent = text;
  made.querySelector("p").textContent = items.length ? words.idea_in : words.idea_alone;
  for (const each of items) made.querySelector("ul").appendChild(document.createElement("li")).textContent = [`${each.position}. ${each.text}`, each.dropped && `(${words.dropped})`].filter(Boolean).join(" ");
  return made;
}

// Questions as cards of real fieldsets, radio buttons and text areas.
import { draw, fill, inWords, isOutside, ofGroup } from "./panel_feedback.js";

export const make = (template) => document.getElementById(template).content.firstElementChild.cloneNode(true);
export const find = (card, selector) => card.querySelector(selector);

// `save(question, {isTyping})` hears every change. Answers the element to put into the page.
export function makeCard(question, place, { feedback, scale, words, save }) {
  const card = make(question.choices ? "choice-card" : "text-card");
  card.id = `question-${place}`;
  find(card, ".asked").textContent = `${question.number ?? place}. ${question.asked}`;
  if (question.choices) fillChoices(card, question, place, save);
  else listen(find(card, "textarea"), question, "text", save);
  if ("comment" in question) listen(find(card, ".comment textarea"), question, "comment", save);
  else find(card, ".comment")?.remove();
  if (feedback) fillFeedback(card, feedback, scale, words);
  else find(card, ".feedback")?.remove();
  question.show = () => show(card, question, feedback, words);
  question.show();
  return card;
}

function fillChoices(card, question, place, save) {
  const box = find(card, ".choices");
  box.classList.toggle("numbers", question.choices.every((each) => each.words === String(each.value)));
  const choose = (value, noOpinion) => {
    Object.assign(question, "noOpinion" in question ? { value, noOpinion } : { value });
    question.show();
    save(question, {});
  };
  for (const { value, words } of question.choices) {
    const isNumber = words === String(value);
    const number = isNumber || question.choices.length > 2 ? value : ""; // no and yes need none
    box.append(makeChoice(place, String(value), number, isNumber ? "" : words, () => choose(value, false)));
  }
  if (!("noOpinion" in question)) return find(card, ".clear").remove();
  const none = document.getElementById("no-opinion").content.textContent;
  const choice = makeChoice(place, "none", "", none, () => choose(null, true));
  choice.classList.add("apart");
  box.append(choice);
  find(card, ".clear").onclick = () => {
    choose(null, false);
    find(card, "input").focus();
  };
}

function makeChoice(place, value, number, words, onChoice) {
  const choice = make("choice");
  const input = find(choice, "input");
  Object.assign(input, { name: `answer-${place}`, value, onchange: onChoice });
  find(choice, "b").textContent = number;
  find(choice, "span").textContent = words;
  return choice;
}

function listen(area, question, name, save) {
  area.value = question[name];
  area.oninput = () => {
    question[name] = area.value;
    save(question, { isTyping: true });
  };
  area.onchange = () => save(question, {});
}

function fillFeedback(card, feedback, scale, words) {
  const [group, own] = inWords(feedback, words, scale);
  find(card, ".group").textContent = group;
  find(card, ".own").textContent = own;
  if (feedback.distribution) find(card, ".drawn").append(draw(feedback, `${group} ${own}`));
  fillGroups(find(card, ".groups"), feedback, words);
  const comments = find(card, ".comments");
  if (!feedback.comments.length) return comments.remove();
  fillList(comments, feedback.comments);
}

// A list that is opened by a line with its length.
export function fillList(box, texts) {
  find(box, "span").textContent = `(${texts.length})`;
  find(box, "ul").replaceChildren(...texts.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
}

function fillGroups(box, feedback, words) {
  if (!feedback.groups?.length) return box.remove();
  for (const each of feedback.groups) {
    const said = ofGroup(each, words);
    box.appendChild(document.createElement("p")).textContent = said;
    box.append(draw({ ...each, own_rating: null }, said));
  }
}

function show(card, question, feedback, words) {
  if (!question.choices) return;
  const chosen = question.noOpinion ? "none" : String(question.value);
  for (const input of card.querySelectorAll("input")) input.checked = input.value === chosen;
  if (find(card, ".clear")) find(card, ".clear").hidden = !question.isAnswered();
  if (!feedback) return;
  // Invited, never forced: the present answer counts, or as long as there is none, the last one.
  const score = question.isAnswered() ? question.value : feedback.own_rating;
  const isInvited = isOutside(score, feedback);
  find(card, ".outside").hidden = !isInvited;
  find(card, ".outside").textContent = fill(words.outside, { what: question.isAnswered() ? words.this_one : words.last_one });
  const comment = find(card, ".comment");
  const usual = comment.dataset.usual ??= find(comment, "summary").textContent;
  find(comment, "summary").textContent = isInvited ? words.reason : usual;
  find(comment, "textarea").ariaLabel = isInvited ? words.reason : usual;
  if (isInvited || question.comment) comment.open = true;
}

// Putting items in order with one thumb: tap what comes next, move it up or down, take it out.
import { find, make } from "./panel_cards.js";
import { fill, shown } from "./panel_feedback.js";

export function makeRanking(question, place, { feedback, words, save }) {
  const card = make("ranking-card");
  card.id = `question-${place}`;
  const [placed, waiting] = [find(card, ".placed"), find(card, ".waiting")];
  const group = new Map((feedback?.items ?? []).map((each) => [each.id, each]));
  find(card, ".group").textContent = feedback ? ofGroup(feedback, words) : "";

  const change = (order, focused) => {
    question.order = order;
    draw();
    save(question, {});
    focused?.();
  };
  const draw = () => {
    const items = new Map(question.items.map((each) => [each.id, each]));
    placed.replaceChildren(...question.order.map((id, at) => makePlaced(items.get(id), at)));
    const left = question.items.filter((each) => !question.order.includes(each.id));
    waiting.replaceChildren(...left.map(makeWaiting));
    find(card, ".tap").hidden = !left.length;
    find(card, ".clear").hidden = !question.order.length;
  };

  function makePlaced(item, at) {
    const line = make("placed");
    find(line, "b").textContent = `${at + 1}.`;
    find(line, "span").textContent = item.text;
    find(line, ".told").textContent = ofItem(group.get(item.id), words);
    const order = question.order;
    const press = (name, label, to) => {
      const button = find(line, `.${name}`);
      button.ariaLabel = fill(words[label], { n: at + 1, item: item.text });
      button.disabled = to !== null && (to < 0 || to >= order.length);
      button.onclick = () => {
        const rest = order.filter((each) => each !== item.id);
        if (to !== null) rest.splice(to, 0, item.id);
        change(rest, () => focusOn(to ?? at, name));
      };
    };
    press("up", "rank_up", at - 1);
    press("down", "rank_down", at + 1);
    press("away", "rank_away", null);
    return line;
  }

  function makeWaiting(item) {
    const button = make("waiting");
    find(button, "span").textContent = item.text;
    find(button, ".told").textContent = ofItem(group.get(item.id), words);
    button.onclick = () => {
      const top = () => waiting.getBoundingClientRect().top;
      const was = top();
      change([...question.order, item.id], () => (find(waiting, "button") ?? find(card, ".clear")).focus({ preventScroll: true }));
      scrollBy(0, top() - was); // what is left stays under the thumb
    };
    return button;
  }

  // The same button of the line that was moved, so that a second tap moves it on.
  function focusOn(at, name) {
    const line = placed.children[Math.min(at, placed.children.length - 1)];
    const button = line && (find(line, `.${name}:enabled`) ?? find(line, "button:enabled"));
    (button ?? find(waiting, "button"))?.focus({ preventScroll: true });
  }

  find(card, ".clear").onclick = () => change([], () => find(waiting, "button").focus({ preventScroll: true }));
  draw();
  return card;
}

function ofGroup(feedback, words) {
  return fill(words.order_group, { n: feedback.n, w: shown(feedback.w), strength: words[`strength_${feedback.strength}`] });
}

function ofItem(told, words) {
  if (!told) return "";
  const all = fill(words.order_item, { mean: shown(told.mean_rank), own: told.own_place ?? "–" });
  return [all, ...told.groups.map((each) => fill(words.order_of_group, { name: each.name, mean: shown(each.mean_rank) }))].join(" · ");
}

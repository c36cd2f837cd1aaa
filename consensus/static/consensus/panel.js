// A panelist's or certifier's page: asks, keeps what is answered, tells what is left.
import { fillList, make, makeCard } from "./panel_cards.js";
import { fill } from "./panel_feedback.js";
import { ask, forget, held, remember } from "./panel_link.js";
import { overlay, questionsOf } from "./panel_questions.js";
import { Queue } from "./panel_queue.js";
import { showSteps } from "./panel_steps.js";

const RATING = "/answers/";
const TYPING = 1_000; // milliseconds of rest after which typed text is sent
const OVER = ["certified", "not_certified", "abandoned"];
const RATED = ["concluded", "certification_open"]; // the panel's part is over
const TOO_LATE = ["round_not_open", "nothing_asked", "consent_needed"];
const byId = (id) => document.getElementById(id);
const words = Object.fromEntries([...byId("words").children].map((each) => [each.id.slice(5), each.textContent]));
const language = document.documentElement.lang;

let [page, feedback, questions, queue, typing] = [null, null, [], null, null];
let [makeRanking, openable] = [null, null]; // fetched where it is needed; the promise to open again
let changes = 0; // given or confirmed so far: what was read before the last one is out of date
let [late, refused, isStale] = [0, "", false]; // what the server would not take since the last look
let isAlone = false; // answers travel one by one
let isNews = false; // in real time: an answer has opened the group's

async function load() {
  const before = changes;
  const answer = await ask("GET", "");
  const group = ["rating", "ranking"].includes(answer.said?.round?.kind) ? await ask("GET", "/feedback") : { said: null };
  if (changes !== before) return load();
  if (answer.said && group.said !== undefined) {
    remember({ page: answer.said, feedback: group.said });
    try {
      await show();
    } catch {
      return tell(document.body.dataset.offline, { isRetried: true }); // a script did not come
    }
    openable ??= keepOpenable().catch(() => {}); // without it, all else works
    return;
  }
  const failed = answer.said ? group : answer;
  if (failed.isLinkBad) return tell(failed.words);
  if (held.page) return page || show(); // go on with what this tab knows
  tell([failed.words, words.kept_for_later].join(" "), { isRetried: true });
}

function tell(text, { isRetried = false } = {}) {
  byId("told-words").textContent = text;
  byId("again").hidden = !isRetried;
  view("told");
  byId("bar").hidden = true;
}

function view(name) {
  if (byId(name).hidden) scrollTo(0, 0);
  for (const each of document.querySelectorAll(".view")) each.hidden = each.id !== name;
}

async function show() {
  if (held.page.ranking.length) ({ makeRanking } = await import("./panel_ranking.js"));
  const saved = new Set(questions.filter((each) => each.wasChanged).map((each) => `${page.round?.number}${each.path}`));
  ({ page, feedback } = held);
  byId("study").textContent = page.study.title;
  document.title = page.study.title;
  queue ??= new Queue(page.id, deliver, hear, showState);
  questions = questionsOf(page);
  for (const each of questions) each.wasChanged = saved.has(`${page.round?.number}${each.path}`);
  overlay(questions, queue.kept(), page.round?.number);
  const isOver = OVER.includes(page.status);
  const hasAccepted = page.state === "accepted";
  byId("mine").hidden = isOver && !hasAccepted;
  byId("mine-notice").textContent = page.notice;
  byId("own-link").textContent = held.ownLink ?? "";
  byId("withdrawing").hidden = isOver || !hasAccepted;
  byId("bar").hidden = true;
  byId("renew").hidden = !page.round?.real_time;
  const isAsked = !isOver && hasAccepted && Boolean(page.round);
  byId("ideas").hidden = page.kind !== "panelist" || !page.steps.some((each) => each.kind === "open_ended" && each.state === "past");
  showSteps(byId("steps"), isOver ? [] : page.steps ?? [], { words, isAsked, isBegun: isAsked && sum(questions, leftOf) < sum(questions, sizeOf) });
  if (isOver || (page.kind === "panelist" && RATED.includes(page.status))) tell(words.over);
  else if (!hasAccepted) showConsent();
  else if (page.round) showQuestions();
  else tell(words.between);
  showState();
  queue.flush();
}

function showConsent() {
  byId("consent-words").textContent = fill(words[page.state], page);
  byId("consent-notice").textContent = page.notice;
  byId("decline").hidden = page.state !== "invited";
  view("consent");
}

function showQuestions() {
  const time = page.round.closes_at && new Date(page.round.closes_at).toLocaleString(language === "th" ? "th-TH" : "en-GB", { dateStyle: "long", timeStyle: "short" });
  byId("asked-words").textContent = [fill(words.round, { n: page.round.number }), time ? fill(words.until, { time }) : words.open_end, page.remark].filter(Boolean).join(" · ");
  const group = new Map((feedback?.items ?? []).map((each) => [each.id, each]));
  byId("key").hidden = !group.size;
  const box = byId("questions");
  view("asked");
  const [putBack, wasAt] = [rememberPlace(box), scrollY];
  box.replaceChildren();
  questions.forEach((question, place) => {
    if (question.section && question.section !== questions[place - 1]?.section) {
      box.appendChild(document.createElement("h2")).textContent = question.section;
      box.append(...whatIsJudged(question.part));
    }
    if (question.order) box.append(makeRanking(question, place + 1, { feedback: feedback?.ranking, words, save }));
    else box.append(makeCard(question, place + 1, { feedback: group.get(question.id), scale: page.scale, words: wordsFor(question), save }));
  });
  const dropped = feedback?.dropped ?? [];
  byId("dropped").hidden = !dropped.length;
  fillList(byId("dropped"), dropped.map((each) => `${each.position}. ${each.text} (${each.reason})`));
  byId("bar").hidden = false;
  scrollTo(0, wasAt);
  putBack();
}

// News may come while somebody is writing: what is drawn anew looks alike.
function rememberPlace(box) {
  const active = document.activeElement;
  const before = active?.closest?.(".question");
  const place = before && reachable(before).indexOf(active);
  const caret = active?.selectionStart;
  const open = [...box.querySelectorAll(".question details[open]")].map((each) => [each.closest(".question").id, each.className]);
  return () => {
    for (const [id, name] of open) byId(id)?.querySelector(`details.${name}`)?.setAttribute("open", "");
    const now = before && byId(before.id) && (reachable(byId(before.id))[place] ?? reachable(byId(before.id))[0]);
    now?.focus({ preventScroll: true });
    if (now?.tagName === "TEXTAREA") now.selectionStart = now.selectionEnd = caret;
  };
}

const reachable = (card) => [...card.querySelectorAll("input, textarea, button, summary")];

// In real time the group is that of now, and is seen once one has answered.
function wordsFor(question) {
  if (!page.round.real_time) return words;
  const few = question.isAnswered() ? words.live_few : words.answer_first;
  return { ...words, group: words.live_group, too_few: few, last: "", no_last: "", last_one: words.this_one };
}

// To a certifier: the statements of a section, and of all of them above everything.
function whatIsJudged(part) {
  const judged = page.judged.filter((each) => !part || each.section === part);
  if (part === undefined || !judged.length) return [];
  const card = make("judged");
  fillList(card, judged.map((each) => each.text));
  return [card];
}

function save(question, { isTyping }) {
  clearTimeout(typing);
  question.wasChanged = true;
  changes += 1;
  queue.keep(question.path, question.body()); // first of all: it is safe here
  if (isTyping) typing = setTimeout(() => queue.flush(), TYPING);
  else queue.flush();
}

// The first of what is kept or, where it is a rating, all ratings together: [[kept, answer], …].
async function deliver(kept) {
  const [{ path, body }] = kept;
  const ratings = kept.filter((each) => each.path.startsWith(RATING)).slice(0, 100);
  const isBatch = !isAlone && ratings.length > 1 && path.startsWith(RATING);
  const items = ratings.map((each) => ({ id: each.path.slice(RATING.length), ...each.body }));
  const answer = await (isBatch ? ask("PUT", "/answers", { items }) : ask("PUT", path.split("#")[0], body));
  if (answer.isLinkBad && !byId("notice").textContent) {
    byId("notice").textContent = [answer.words, words.kept_for_later].join(" ");
    byId("notice").focus();
  }
  if (!isBatch) return [[kept[0], answer]];
  isAlone = answer.status === 400; // one that cannot be read stops them all: then one by one
  if (isAlone) return deliver(kept);
  const told = answer.said?.results.map(({ resource, problem }) => ({ said: resource, ...problem, words: problem?.detail }));
  return ratings.map((each, place) => [each, told?.[place] ?? answer]);
}

// What the server said to an answer that was kept.
function hear({ path }, answer) {
  changes += 1;
  const question = questions.find((each) => each.path === path);
  if (answer.said) {
    const group = feedback?.items.find((each) => each.id === question?.id);
    isNews ||= page.round?.real_time && question?.isAnswered() && group?.median === null;
    return;
  }
  if (question) question.wasChanged = false;
  isStale = true;
  if (TOO_LATE.includes(answer.code)) late += 1;
  else refused = answer.words;
}

function showState() {
  const kept = new Set(queue.kept().map((each) => each.path));
  const isWaiting = queue.state === "waiting";
  for (const [place, question] of questions.entries()) {
    const card = byId(`question-${place + 1}`);
    if (!card) continue;
    const isKept = kept.has(question.path);
    const state = isKept ? (isWaiting ? words.kept : words.saving) : question.wasChanged ? words.saved : "";
    card.querySelector(".state").textContent = state;
  }
  const left = sum(questions, leftOf);
  const counts = { left, all: sum(questions, sizeOf) };
  byId("left").textContent = fill(left ? words.left : words.complete, counts);
  const isSaved = questions.some((each) => each.wasChanged);
  byId("saving").textContent = !kept.size ? (isSaved ? words.saved : "") : isWaiting ? fill(words.kept_many, { n: kept.size }) : words.saving;
  byId("next").hidden = !left;
  byId("finishing").hidden = !left || page.finished;
  byId("end-words").textContent = left ? (page.finished ? words.finished : fill(words.left, counts)) : kept.size ? byId("saving").textContent : page.round?.real_time ? words.live_thanks : words.thanks;
  if (queue.state !== "idle") return;
  if (isStale) warn();
  else if (isNews && document.activeElement.tagName !== "TEXTAREA") renew();
}

const leftOf = (question) => question.left?.() ?? Number(!question.isAnswered());
const sizeOf = (question) => question.size ?? 1;
const sum = (all, of) => all.reduce((total, each) => total + of(each), 0);

function renew() {
  isNews = false;
  load();
}

function warn() {
  const said = [late && fill(words.late, { n: late }), refused && fill(words.refused, { words: refused })];
  [late, refused, isStale] = [0, "", false];
  byId("notice").textContent = said.filter(Boolean).join(" ");
  byId("notice").focus();
  load();
}

function goToNext() {
  const places = questions.map((each, place) => (each.isAnswered() ? null : byId(`question-${place + 1}`))).filter(Boolean);
  const below = places.find((each) => each.getBoundingClientRect().top > 40);
  const next = below ?? places[0];
  next?.scrollIntoView();
  next?.querySelector("input, textarea, .waiting button").focus({ preventScroll: true });
}

// One press, one call; the words of a refusal beside the button.
async function press(button, path, body, alert = byId("notice")) {
  if (button.disabled) return;
  button.disabled = true;
  alert.textContent = "";
  const answer = await ask("POST", path, body);
  button.disabled = false;
  if (answer.said) return load();
  alert.textContent = answer.words;
  if (alert.id) alert.focus();
}

// A phone that is short of memory throws the tab away: it opens again without a signal too.
async function keepOpenable() {
  if (!navigator.serviceWorker) return;
  await navigator.serviceWorker.register("/panel-offline.js", { scope: "/panel" });
  const files = performance.getEntriesByType("resource").map((each) => each.name).filter((each) => each.includes("/static/"));
  const store = await caches.open("krunet.panel");
  await store.addAll([...new Set([location.pathname + location.search, ...files])]);
}

const form = document.querySelector("#consent form");
const alertOfForm = form.querySelector("[role=alert]");
form.onsubmit = (event) => {
  event.preventDefault();
  press(form.querySelector("button"), "/accept", { conflict_of_interest: byId("conflict").value }, alertOfForm);
};
byId("decline").onclick = () => press(byId("decline"), "/decline", undefined, alertOfForm);
byId("withdraw").onclick = () => confirm(`${byId("withdraw").textContent}?`) && press(byId("withdraw"), "/decline");
byId("finish").onclick = () => press(byId("finish"), "/finish", { round: page.round.number });
byId("leave").onclick = () => (queue?.kept().length && !confirm(words.kept_for_later)) || forget();
byId("ideas").ontoggle = () => byId("ideas").open && import("./panel_ideas.js").then((each) => each.showIdeas(words), () => {
  byId("ideas").querySelector("[role=status]").textContent = document.body.dataset.offline;
});
byId("renew").onclick = renew;
byId("next").onclick = goToNext;
byId("again").onclick = load;
addEventListener("online", () => page || load());
document.addEventListener("visibilitychange", async () => {
  if (document.visibilityState !== "visible" || !held.given) return;
  if (page && (queue.kept().length || document.activeElement.tagName === "TEXTAREA")) return queue.flush();
  load(); // perhaps another device has answered, or the round has closed
});

if (held.given) load();
else tell(words.no_link);

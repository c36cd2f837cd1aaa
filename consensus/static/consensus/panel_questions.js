// What the page asks, of whichever kind the round is, with the answers given so far.
// Each: {path, section, asked, value, …}, isAnswered(), body() to send, take(body) as it was sent.

export function questionsOf(page) {
  const round = page.round?.number;
  return [
    ...page.prompts.map((each) => prompt(each, round)),
    ...page.items.map((each) => item(each, round, page.scale)),
    ...(page.ranking?.length ? [ranking(page.ranking, round)] : []),
    ...page.certification.map((each) => certifying(each, round)),
  ];
}

// Answers that have not left this phone yet, laid over what the server knows of this round.
export function overlay(questions, kept, round) {
  const found = new Map(questions.map((each) => [each.path, each]));
  for (const { path, body } of kept) {
    if (body.round === round) found.get(path)?.take(body);
  }
}

function prompt(given, round) {
  return {
    path: `/texts/${encodeURIComponent(given.code)}`,
    section: "",
    asked: given.text,
    text: given.answer,
    isAnswered() { return this.text.trim() !== ""; },
    body() { return { text: this.text, round }; },
    take(body) { this.text = body.text; },
  };
}

function item(given, round, scale) {
  return {
    path: `/answers/${given.id}`,
    id: given.id,
    number: given.position,
    section: given.section_text,
    asked: given.text,
    choices: scale.map((each) => ({ value: Number(each.code), words: each.text })),
    value: given.rating,
    noOpinion: given.no_opinion,
    comment: given.comment,
    isAnswered() { return this.value !== null || this.noOpinion; },
    body() { return { rating: this.value, no_opinion: this.noOpinion, comment: this.comment, round }; },
    take(body) { [this.value, this.noOpinion, this.comment] = [body.rating, body.no_opinion, body.comment]; },
  };
}

// One answer of many parts: `size` of them, `left()` still without a place.
function ranking(items, round) {
  return {
    path: "/ranking",
    section: "",
    items,
    order: items.filter((each) => each.place).sort((one, other) => one.place - other.place).map((each) => each.id),
    size: items.length,
    left() { return this.size - this.order.length; },
    isAnswered() { return !this.left(); },
    body() { return { order: this.order, round }; },
    take(body) { this.order = body.order; },
  };
}

function certifying(given, round) {
  const { part, criterion } = given;
  return {
    path: `/certification#${part}/${criterion}`, // each is kept apart; what follows # is not sent
    section: given.part_text,
    part,
    asked: given.text,
    choices: given.choices.map((each) => ({ value: Number(each.code), words: each.text })),
    value: given.value,
    isAnswered() { return this.value !== null; },
    body() { return { answers: [{ part, criterion, value: this.value }], round }; },
    take(body) { this.value = body.answers[0].value; },
  };
}

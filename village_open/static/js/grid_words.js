// What the grid says, in the language of the page: the sentences stand in the page, {names} in them are filled in here.
const sentences = new Map([...document.querySelectorAll("#grid-words [data-word], #own-words [data-word]")].map((one) => [one.dataset.word, one.textContent]));

/** The sentence of a name, with its {names} replaced by the values. */
export function word(name, values = {}) {
  return sentences.get(name).replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

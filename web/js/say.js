// say.js - what scripts say to people, in the language of the page: its words-de.js has come before us (base/lang.h). The English
// in the source is the key; {name} is a value.
export const say = (text, values = {}) => (self.words?.[text] ?? text)
    .replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);

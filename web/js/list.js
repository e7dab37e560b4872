// list.js - what a table of records does with scripts: further pages on scrolling.
let tools = null;

export function start(given) {
    tools = given;
    void tools;
}

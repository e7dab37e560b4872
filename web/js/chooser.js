// chooser.js - what people put in an order, by drag with mouse or finger: columns in their form (<ul data-sortable>, nothing is
// sent before the form is), records in a list that has an order (<table data-sortable>, sent at once). Both have buttons for
// a step up or down, which also do it by the keyboard; a list's work without scripts.
import { say } from './say.js';
let tools = null;
const ITEM = '[data-sortable] > li, [data-sortable] > tbody > tr[id]';

function step(button) {
    const item = button.closest('li');
    const up = button.name === 'up';
    const other = up ? item.previousElementSibling : item.nextElementSibling;
    if (other) (up ? other.before(item) : other.after(item));
    button.focus();
    item.scrollIntoView({ block: 'nearest' });
}

/* A record stands where it was let go, and goes back where the server does not want it. */
async function send(row, was) {
    const before = row.nextElementSibling?.id.slice(1) ?? '';
    row.setAttribute('aria-busy', 'true');
    try {
        const answer = await fetch(`${row.querySelector('th a').getAttribute('href').split('?')[0]}/place`, {
            method: 'POST', body: new URLSearchParams({ before }), redirect: 'manual',
            headers: { 'X-CSRF-Token': tools.csrf_token(), Accept: 'text/html' },
        });
        if (!answer.ok && answer.type !== 'opaqueredirect') throw new Error(`${answer.status}`);
        await tools.htmx.ajax('GET', location.href, { target: '#main', select: '#main', swap: 'outerMorph' });
        tools.toast(say('Moved.'));
    } catch {
        was.parent.insertBefore(row, was.next);
        row.removeAttribute('aria-busy');
        tools.toast(say('Not moved.'), { bad: true });
    }
}

let held = null;
let was = null;

function take(event) {
    held = event.button === 0 ? event.target.closest('.i-grip')?.closest(ITEM) ?? null : null;
    if (!held) return;
    event.preventDefault();
    was = { parent: held.parentElement, next: held.nextElementSibling };
    held.classList.add('held');
}

function carry(event) {
    if (!held) return;
    const over = document.elementFromPoint(event.clientX, event.clientY)?.closest(ITEM);
    if (!over || over === held || over.parentElement !== held.parentElement) return;
    const box = over.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) over.before(held);
    else over.after(held);
}

function drop(event) {
    if (!held) return;
    const item = held;
    held = null;
    item.classList.remove('held');
    if (event.type === 'pointercancel') was.parent.insertBefore(item, was.next);
    else if (item.matches('tr') && item.nextElementSibling !== was.next) send(item, was);
}

export function start_chooser(given) {
    tools = given;
    document.addEventListener('click', (event) => {
        const button = event.target.closest('dialog [data-sortable] button[name=up], dialog [data-sortable] button[name=down]');
        if (!button) return;
        event.preventDefault();
        step(button);
    });
    document.addEventListener('pointerdown', take);
    document.addEventListener('pointermove', carry);
    document.addEventListener('pointerup', drop);
    document.addEventListener('pointercancel', drop);
}

// select.js - choosing rows: all, a range with Shift, and the bulk bar with their count.
//
// <form data-select> has, inside or by form="ID", the rows' checkboxes (name="id"), one input[data-all] and <output data-count>.
// Without scripts the checkboxes and the bulk bar's buttons are an ordinary form.
import { say } from './say.js';

let last = null;

const boxes = (form) => [...form.elements].filter((e) => e.matches('input[type=checkbox][name=id]'));

function refresh(form) {
    const all = boxes(form);
    const count = all.filter((box) => box.checked).length;
    for (const box of all) {
        const row = box.closest('tr, li');
        if (box.checked) row?.setAttribute('aria-selected', 'true');
        else row?.removeAttribute('aria-selected');
    }
    document.querySelector('#main .bulkbar')?.toggleAttribute('data-any', count > 0);
    const head = [...form.elements].find((e) => e.matches('input[data-all]'));
    if (head) {
        head.checked = count > 0 && count === all.length;
        head.indeterminate = count > 0 && count < all.length;
    }
    const output = [...form.elements].find((e) => e.matches('[data-count]'));
    const every = [...form.elements].find((e) => e.matches('input[name=all]'));
    if (every && !count) every.checked = false;
    if (output) output.textContent = every?.checked ? say('All selected') : say('{count} selected', { count });
}

function click(event) {
    const clear = event.target.closest('[data-select-none]');
    const form = (clear ?? event.target).form;
    if (!form?.matches('[data-select]')) return;
    if (clear) {
        for (const box of boxes(form)) box.checked = false;
        refresh(form);
        return;
    }
    const box = event.target.closest('input[type=checkbox]');
    if (!box || box.name === 'all') {
        refresh(form);
        return;
    }
    if (box.matches('[data-all]')) for (const each of boxes(form)) each.checked = box.checked;
    else if (event.shiftKey && last?.isConnected) {
        const all = boxes(form);
        const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
        if (from >= 0) for (const each of all.slice(from, to + 1)) each.checked = box.checked;
    }
    last = box.matches('[data-all]') ? null : box;
    refresh(form);
}
const refresh_all = () => document.querySelectorAll('form[data-select]').forEach(refresh);

export function start() {
    document.addEventListener('click', click);
    for (const event of ['htmx:after:swap', 'tenon:rows']) document.addEventListener(event, refresh_all);
    refresh_all();
}

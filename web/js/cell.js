// cell.js - editing in the cells of a list: a double click, or F2 or Enter on a cell; Enter saves, Escape reverts, Tab saves and
// goes to the next. Arrows move between cells once a row has the focus.
//
// The control comes from GET /{entity}/{id}/field?name=FIELD, the field's own. What it cannot be edited in a line opens as a
// dialog, and so does what the server asks back: 409 shows both values.
import { say } from './say.js';
let tools = null;
let renew = null;

const in_table = '#main .table > tbody > tr[id] > ';
const column = (cell) => cell.closest('table').tHead.rows[0].cells[cell.cellIndex];
const meant = (cell) => cell?.matches('td, th') && 'edit' in (column(cell)?.dataset ?? {});
/* A record that is out names what of it is still changed. */
const rests = (cell) => cell.parentElement.dataset.rests?.split(' ').includes(column(cell).dataset.f) === false;
const editable = (cell) => meant(cell) && !rests(cell);
const address = (cell) => `${cell.parentElement.querySelector('th a[href]').getAttribute('href')}/field`;

/* A row's name takes it by its link, any other cell by itself. */
export function hold(cell) {
    const link = cell.matches('th') ? cell.querySelector('a') : null;
    if (!link) cell.tabIndex = -1;
    (link ?? cell).focus({ preventScroll: true });
}

function focus(cell) {
    if (!cell) return;
    hold(cell);
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/* Who went elsewhere meanwhile stays there. */
const is_here = (cell) => document.activeElement === document.body || cell.contains(document.activeElement);

function close(cell, was) {
    const here = is_here(cell);
    cell.classList.remove('editing');
    cell.removeAttribute('aria-busy');
    cell.replaceChildren(...was);
    if (here) focus(cell);
}

/* The first editable cell on that side, in this row. */
function beside(cell, by) {
    let next = cell;
    do next = by > 0 ? next.nextElementSibling : next.previousElementSibling; while (next && !editable(next));
    return next;
}

async function save(cell, form, was, after) {
    const control = form.querySelector('.input, .select');
    cell.setAttribute('aria-busy', 'true');
    const row = cell.parentElement.id;
    const at = cell.cellIndex;
    try {
        const answer = await fetch(form.action, {
            method: 'POST', body: new URLSearchParams(new FormData(form)),
            headers: { 'X-CSRF-Token': tools.csrf_token(), Accept: 'application/json' },
        });
        if (answer.ok) {
            const shown = document.createElement('span');
            shown.textContent = control.selectedOptions?.[0].textContent ?? control.value;
            close(cell, [shown]);
            cell.setAttribute('aria-busy', 'true');
            await renew([row]);
            const there = document.getElementById(row)?.cells[at];
            if (after) edit(after(there));
            else if (there && is_here(there)) focus(there);
            return;
        }
        const html = await answer.text();
        const error = new DOMParser().parseFromString(html, 'text/html').querySelector(`#f-${form.elements.field.value}-error`);
        if (answer.status === 422 && error && html.match(/-error"/g).length <= 2) {
            cell.removeAttribute('aria-busy');
            control.setAttribute('aria-invalid', 'true');
            hint(cell, error.textContent.trim(), 'alert');
            if (is_here(cell)) control.focus();
            return;
        }
        close(cell, was);
        if (!await tools.show_dialog(html, cell)) throw new Error(`${answer.status}`);
    } catch {
        close(cell, was);
        tools.toast(say('Not saved.'), { bad: true, again: () => { cell.replaceChildren(form); save(cell, form, was); } });
    }
}

function hint(cell, words, role) {
    cell.querySelector('.cell-hint')?.remove();
    const box = document.createElement('span');
    box.className = role ? 'cell-hint' : 'cell-hint by-key';
    if (role) box.setAttribute('role', role);
    box.textContent = words;
    cell.querySelector('form').append(box);
}

/* One line: a text, a number, a date, a choice. */
function put(cell, html) {
    const form = new DOMParser().parseFromString(html, 'text/html').querySelector('form[data-cell]');
    const controls = form?.querySelectorAll('input:not([type=hidden]), select, textarea') ?? [];
    const control = controls[0];
    const in_line = 'input:not([type=checkbox], [type=radio]), select:not([multiple])';
    if (controls.length !== 1 || !control.matches(in_line)) return false;
    const line = document.createElement('form');
    line.action = form.action;
    line.method = 'post';
    line.setAttribute('hx-boost', 'false');
    line.append(...form.querySelectorAll('input[type=hidden]'), control);
    control.setAttribute('aria-label', column(cell).textContent.trim());
    const was = [...cell.childNodes];
    const kept = document.createElement('span'); // out of sight, it holds the column as wide as it is
    kept.className = 'was';
    kept.append(...was);
    const before = control.value;
    let done = false;
    const leave = () => { done = true; close(cell, was); };
    const keep = (after) => {
        if (done) return;
        done = true;
        if (control.value === before) {
            close(cell, was);
            if (after) edit(after(cell));
        } else save(cell, line, was, after).finally(() => { done = !cell.classList.contains('editing'); });
    };
    line.addEventListener('submit', (event) => { event.preventDefault(); keep(); });
    line.addEventListener('keydown', (event) => {
        const tab = event.key === 'Tab' && beside(cell, event.shiftKey ? -1 : 1);
        if (event.key === 'Escape') leave();
        else if (event.key === 'Enter') keep();
        else if (tab) keep((there) => beside(there, event.shiftKey ? -1 : 1));
        else return;
        event.preventDefault();
        event.stopPropagation();
    });
    control.addEventListener('blur', () => setTimeout(() => { if (!cell.contains(document.activeElement)) keep(); }, 0));
    if (control.matches('select')) control.addEventListener('change', () => keep());
    cell.classList.add('editing');
    cell.replaceChildren(kept, line);
    hint(cell, say('Enter saves, Esc cancels'));
    control.focus();
    control.select?.();
    return true;
}

let wanted = null; // the cell that was asked for last

async function edit(cell) {
    if (!cell || !meant(cell) || cell.classList.contains('editing')) return;
    if (rests(cell)) return tools.toast(cell.parentElement.dataset.why, { bad: true });
    const href = `${address(cell)}?name=${encodeURIComponent(column(cell).dataset.f)}`;
    const [row, at] = [cell.parentElement.id, cell.cellIndex];
    wanted = cell;
    try {
        const answer = await fetch(href, { headers: { Accept: 'text/html' } });
        const html = await answer.text();
        const there = document.getElementById(row)?.cells[at]; // the row may have been made new meanwhile
        if (wanted !== cell || !there || there.classList.contains('editing')) return;
        if (!answer.ok || !(put(there, html) || await tools.show_dialog(html, there))) throw new Error(`${answer.status}`);
    } catch {
        tools.toast(say('This cannot be changed now.'), { bad: true, again: () => edit(cell) });
    }
}

const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function keydown(event) {
    const cell = event.target.closest?.(`${in_table}td, ${in_table}th`);
    if (!cell || event.target.matches('input, select, textarea') || event.ctrlKey || event.altKey || event.metaKey) return;
    const on_link = event.target.matches('a, button');
    if (event.key === 'F2' || (event.key === 'Enter' && !on_link)) {
        edit(meant(cell) ? cell : beside(cell, 1));
        event.preventDefault();
    } else if (ARROWS[event.key] && !event.shiftKey) {
        const [down, right] = ARROWS[event.key];
        const all = [...cell.closest('table').querySelectorAll('tbody > tr[id]')];
        const row = all[all.indexOf(cell.parentElement) + down];
        const next = row?.cells[cell.cellIndex + right];
        if (!next || next.matches('.sel')) return;
        focus(next);
        event.preventDefault();
    }
}

export function start_cells(given, make_new) {
    tools = given;
    renew = make_new;
    document.addEventListener('dblclick', (event) => {
        const cell = event.target.closest(`${in_table}td`);
        if (cell && meant(cell) && !cell.classList.contains('editing')) edit(cell);
    });
    document.addEventListener('keydown', keydown);
}

// list.js - what a table of records does beyond links: further pages on scrolling, rows made new, sorting by several columns,
// widths of columns. Editing in cells is cell.js.
//
// <table data-columns="/leads/columns" data-view="12"> keeps widths there; <th data-f="FIELD" data-edit> names a column.
import { start_cells } from './cell.js';
import { start_chooser } from './chooser.js';

const NEAR = 900; // pixels from the end of the rows
const AT_ONCE = 200; // rows of one answer
let tools = null;
let loading = false;

const area = () => document.querySelector('#main .table-wrap');
const table = () => document.querySelector('#main .table-wrap > .table');
const rows = () => [...table().querySelectorAll('tbody > tr[id]')];
const parse = (html) => new DOMParser().parseFromString(html, 'text/html');
const said = (name) => document.dispatchEvent(new CustomEvent(name));

async function page_at(href) {
    const answer = await fetch(href, { headers: { Accept: 'text/html' } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return parse(await answer.text());
}

/* ---- further pages ---- */

function skeleton() {
    const width = table().tHead.rows[0].cells.length;
    const body = document.createElement('tbody');
    body.className = 'skeleton';
    body.setAttribute('aria-hidden', 'true');
    for (let i = 0; i < 3; i++) {
        const row = body.insertRow();
        for (let c = 0; c < width; c++) row.insertCell().append(document.createElement('span'));
    }
    return body;
}

/* A group that goes on is one group; everything else follows as it is. */
function append(page) {
    let last = table().tBodies[table().tBodies.length - 1];
    for (const body of page.querySelectorAll('#main .table > tbody')) {
        const same = body.dataset.group === last.dataset.group;
        const known = new Set(rows().map((row) => row.id));
        const fresh = [...body.rows].filter((row) => !known.has(row.id) && !(same && row.matches('.group')));
        fresh.forEach((row) => tools.htmx.process(row)); // what stands was processed when it came
        if (same) last.append(...fresh);
        else {
            body.replaceChildren(...fresh);
            last.after(body);
            last = body;
        }
    }
    const pager = document.querySelector('#main .pager');
    const next = page.querySelector('#main .pager');
    const of = next.firstElementChild.textContent.replace(/^.* of /, '');
    next.firstElementChild.textContent = `1 to ${rows().length} of ${of}`;
    pager.replaceWith(next);
    tools.htmx.process(next);
    area().dataset.grown = 'true';
    said('tenon:rows');
}

function wanted() {
    const at = Number(area().dataset.wanted);
    if (!at) return;
    area().scrollTop = at;
    if (area().scrollTop >= at - 1) delete area().dataset.wanted;
}

async function more() {
    const link = document.querySelector('#main .pager a[rel=next]');
    const here = area();
    if (loading || !link || !here?.isConnected || here.scrollTop === 0) return;
    if (here.scrollHeight - here.scrollTop - here.clientHeight > NEAR) return;
    loading = true;
    const waiting = skeleton();
    const shown = setTimeout(() => table()?.append(waiting), 400);
    const before = location.href;
    try {
        const page = await page_at(link.href);
        if (location.href === before && link.isConnected) append(page);
    } catch {
        tools.toast('The next rows did not come.', { bad: true, again: more });
    } finally {
        clearTimeout(shown);
        waiting.remove();
        loading = false;
    }
    wanted();
    more();
}

/* ---- rows made new ---- */

/* These rows as they are now, in their places; one that is gone goes. */
export async function renew(ids) {
    const href = new URL(location.href);
    for (const name of ['cursor', 'before', 'at', 'group', 'q', 'limit', 'done', 'undo']) href.searchParams.delete(name);
    for (const name of [...href.searchParams.keys()]) if (name.startsWith('filter[')) href.searchParams.delete(name);
    href.searchParams.set('filter[id][in]', ids.map((id) => id.slice(1)).join(','));
    href.searchParams.set('limit', String(AT_ONCE));
    const page = await page_at(href);
    for (const id of ids) {
        const old = document.getElementById(id);
        const fresh = page.getElementById(id);
        if (!old || old.contains(document.activeElement) && old.querySelector('.editing')) continue;
        const column = old.contains(document.activeElement) ? document.activeElement.closest('td, th')?.cellIndex : -1;
        const box = old.querySelector('.sel input');
        if (!fresh) {
            old.remove();
            continue;
        }
        if (box?.checked) fresh.querySelector('.sel input').checked = true;
        old.replaceWith(fresh);
        tools.htmx.process(fresh);
        if (column >= 0) (fresh.cells[column].querySelector('a') ?? fresh.cells[column]).focus();
    }
    said('tenon:rows');
}

document.addEventListener('tenon:live', (event) => {
    if (!area()?.dataset.grown) return;
    event.preventDefault();
    const top = area().getBoundingClientRect().top;
    const seen = rows().filter((row) => row.getBoundingClientRect().bottom > top).slice(0, AT_ONCE);
    renew(seen.map((row) => row.id)).catch(() => {});
});

/* ---- sorting by several columns ---- */

document.addEventListener('click', (event) => {
    const link = event.target.closest('#main .table thead th > a');
    if (!link || !event.shiftKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const here = new URL(location.href);
    const first = table().querySelector('th[aria-sort]');
    const given = here.searchParams.get('sort') ??
        (first ? `${first.getAttribute('aria-sort') === 'descending' ? '-' : ''}${first.dataset.f}` : '');
    const keys = given.split(',').filter(Boolean);
    const field = link.closest('th').dataset.f;
    const at = keys.findIndex((key) => key.replace(/^-/, '') === field);
    if (at >= 0) keys[at] = keys[at].startsWith('-') ? field : `-${field}`;
    else if (keys.length < 3) keys.push(new URL(link.href).searchParams.get('sort'));
    here.searchParams.set('sort', keys.join(','));
    for (const name of ['cursor', 'before', 'at']) here.searchParams.delete(name);
    tools.htmx.ajax('GET', here.href, { target: document.body, swap: 'outerMorph', push: 'true' });
}, true);

/* ---- widths of columns ---- */

const EDGE = 8;
const near_edge = (event) => {
    const th = event.target.closest?.('#main .table thead th[data-f]');
    return th && th.getBoundingClientRect().right - event.clientX < EDGE ? th : null;
};

document.addEventListener('pointermove', (event) => {
    if (event.buttons || event.pointerType === 'touch') return;
    const th = event.target.closest?.('#main .table thead th[data-f]');
    if (th) th.classList.toggle('edge', Boolean(near_edge(event)));
}, { passive: true });

document.addEventListener('pointerdown', (event) => {
    const th = event.button === 0 && near_edge(event);
    if (!th || !table().dataset.columns) return;
    event.preventDefault();
    const from = event.clientX - th.offsetWidth;
    const cells = [th, ...rows().map((row) => row.cells[th.cellIndex])];
    let width = 0;
    const move = ({ clientX }) => {
        width = Math.round(Math.min(800, Math.max(60, clientX - from)));
        if (!th.classList.contains('w')) cells.forEach((cell) => cell.classList.add('w'));
        th.style.setProperty('--w', `${width}px`);
    };
    const up = () => {
        document.removeEventListener('pointermove', move);
        document.addEventListener('click', (click) => { click.preventDefault(); click.stopImmediatePropagation(); },
            { capture: true, once: true });
        setTimeout(() => document.body.click()); // where the pointer let go of nothing
        if (width) keep_width(th.dataset.f, width);
    };
    document.addEventListener('pointermove', move);
    document.addEventListener('pointerup', up, { once: true });
}, true);

async function keep_width(field, width) {
    const body = new URLSearchParams({ width_of: field, width, view: table().dataset.view ?? '' });
    try {
        const answer = await fetch(table().dataset.columns, {
            method: 'POST', body, headers: { 'X-CSRF-Token': tools.csrf_token(), Accept: 'application/json' },
        });
        if (!answer.ok) throw new Error(`${answer.status}`);
    } catch {
        tools.toast('The width was not saved.', { bad: true, again: () => keep_width(field, width) });
    }
}

export function start(given) {
    tools = given;
    start_cells(tools, renew);
    start_chooser();
    document.addEventListener('scroll', (event) => { if (event.target === area()) more(); }, { capture: true, passive: true });
    document.addEventListener('htmx:after:swap', wanted_page);
    wanted_page();
}

/* Back on a list that was longer: its further pages come until one is where one was. */
function wanted_page() {
    if (area()?.dataset.wanted) more();
}

// list.js - what a table of records does beyond links: further pages on scrolling, rows made new, sorting by several columns,
// widths of columns. Editing in cells is cell.js.
//
// <table data-columns="/leads/columns" data-view="12"> keeps widths there; <th data-f="FIELD" data-edit> names a column.
import { hold, start_cells } from './cell.js';
import { start_chooser } from './chooser.js';
import { say } from './say.js';

const NEAR = 900; // pixels from the end of the rows
const AT_ONCE = 200; // rows of one answer
const SHORTLY = 400; // milliseconds until it is shown that something is on its way
const AT_A_TIME = 10; // rows that are put in before the page may answer again
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

/* A table whose columns suit all rows at once is laid out anew as a whole with each row that comes. So from the first further
 * page on they keep the widths that they have. The rules stand in a sheet of the script's own: they name columns by number. */
const sheet = new CSSStyleSheet();
let widths = [];

function put_widths() {
    const rules = widths.map((width, i) => `tr:not(.group) > :nth-child(${i + 1}) { flex: ${width} 0 ${width}px; }`);
    const all = Math.floor(widths.reduce((sum, width) => sum + width, 0));
    rules.unshift(`min-inline-size: ${all}px;`);
    sheet.replaceSync(`@container panel (min-width: 40.01rem) { .table.long { ${rules.join('')} } }`);
}

const next_frame = () => new Promise((done) => { requestAnimationFrame(done); setTimeout(done, 200); });

/* First the rows in sight, then a few at a time. */
async function keep_widths() {
    if (table().matches('.long')) return;
    widths = [...table().tHead.rows[0].cells].map((th) => th.getBoundingClientRect().width);
    const { top, bottom } = area().getBoundingClientRect();
    const rest = rows().filter((row) => {
        const box = row.getBoundingClientRect();
        return box.bottom < top || box.top > bottom;
    });
    for (const row of rest) row.classList.add('later');
    put_widths();
    if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    table().classList.add('long');
    sized.observe(area());
    while (rest.length) {
        await next_frame();
        for (const row of rest.splice(0, AT_A_TIME)) row.classList.remove('later');
    }
    await next_frame();
}

/* What scrolls sideways keeps its first column in sight; what fits is spared a layer for each row. */
const sized = new ResizeObserver(([{ target }]) => {
    if (target === area()) table().classList.toggle('fits', target.scrollWidth <= target.clientWidth);
});

/* A group that goes on is one group; everything else follows as it is. It stops where the page has become another meanwhile. */
async function append(page) {
    const here = table();
    area().dataset.grown = 'true';
    await keep_widths();
    if (table() !== here) return;
    let last = here.tBodies[here.tBodies.length - 1];
    const known = new Set(rows().map((row) => row.id));
    for (const body of page.querySelectorAll('#main .table > tbody')) {
        const same = body.dataset.group === last.dataset.group;
        const fresh = [...body.rows].filter((row) => !known.has(row.id) && !(same && row.matches('.group')));
        if (!same) {
            body.replaceChildren();
            last.after(body);
            last = body;
        }
        while (fresh.length) {
            const some = fresh.splice(0, AT_A_TIME);
            some.forEach((row) => tools.htmx.process(row)); // what stands was processed when it came
            last.append(...some);
            await next_frame();
            if (table() !== here || !last.isConnected) return;
        }
    }
    const pager = document.querySelector('#main .pager');
    const next = page.querySelector('#main .pager');
    const of = next.firstElementChild.textContent.replace(/^.* of /, '');
    next.firstElementChild.textContent = say('1 to {count} of {of}', { count: rows().length, of });
    pager.replaceWith(next);
    tools.htmx.process(next);
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
    const shown = setTimeout(() => table()?.append(waiting), SHORTLY);
    const before = location.href;
    try {
        const page = await page_at(link.href);
        clearTimeout(shown);
        waiting.remove(); // or the rows would be put into it
        if (location.href === before && link.isConnected) await append(page);
    } catch {
        tools.toast(say('The next rows did not come.'), { bad: true, again: more });
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
        if (column >= 0) hold(fresh.cells[column]);
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
        if (!table().matches('.long')) return;
        widths[th.cellIndex] = width;
        put_widths();
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
        tools.toast(say('The width was not saved.'), { bad: true, again: () => keep_width(field, width) });
    }
}

export function start(given) {
    tools = given;
    start_cells(tools, renew);
    start_chooser(tools);
    document.addEventListener('scroll', (event) => { if (event.target === area()) more(); }, { capture: true, passive: true });
    document.addEventListener('htmx:after:swap', wanted_page);
    wanted_page();
}

/* Back on a list that was longer: its further pages come until one is where one was. */
function wanted_page() {
    if (area()?.dataset.wanted) more();
}

// calendar.js - events of a calendar move by drag or by Shift and an arrow, their end by its lower edge; a click tells more of
// one, a click on a free place makes one there. <div data-calendar data-new="URL=" data-end="FIELD"> holds <... data-day="DAY">
// with <li class="evt" data-first="DAY" data-v="VERSION"><a class="ev"><a class="mv" href=".../when">.
//
// What is dragged is sent as the day (and hour) where it was put; the server moves the end along, says that it was done and
// offers to undo it. Where it refuses, the move's own form opens with what is wrong, the same as behind M and the preview's
// button, so nobody needs to drag. The page is then drawn anew by the server: nothing here knows how weeks are laid out.
import { say } from './say.js';

const STEP = 15; // minutes
const NEAR = 5; // pixels that are no drag yet
const EDGE = 8; // pixels of the lower edge that move the end
const DAY = 86_400_000;
let tools = null;
let held = null; // what is being dragged
let dragged = false; // the click that ends a drag opens nothing

const grid = () => document.querySelector('#main [data-calendar]');
const hours = () => grid()?.querySelector('.cal-hours');
const later = (day, days) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
const between = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / DAY);
const clock = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const number = (element, name) => Number.parseFloat(getComputedStyle(element).getPropertyValue(name));
const at_hours = (item) => Boolean(item.closest('.cal-hours'));

/* ---- sending ---- */

async function show_now(item, undo) {
    const here = new URL(location.href);
    here.searchParams.set('done', 'moved');
    here.searchParams.set('undo', undo);
    await tools.htmx.ajax('GET', here.href, { target: document.body, swap: 'outerMorph' });
    const at = document.activeElement;
    if (at !== document.body && at?.id !== 'main' && !at?.closest('#main .evt')) return; // somebody went elsewhere meanwhile
    grid()?.querySelector(`.evt[data-id="${item.dataset.id}"] .ev`)?.focus({ preventScroll: true });
}

async function send(item, where) {
    const link = item.querySelector('.ev');
    item.setAttribute('aria-busy', 'true');
    try {
        const answer = await fetch(item.querySelector('.mv').href, {
            method: 'POST', body: new URLSearchParams({ ...where, version: item.dataset.v }), redirect: 'manual',
            headers: { 'X-CSRF-Token': tools.csrf_token(), Accept: 'application/json' },
        });
        if (answer.ok) {
            await show_now(item, (await answer.json()).undo);
            return;
        }
        put_back(item);
        const asks = answer.status === 409 || answer.status === 422;
        if (!asks || !await tools.show_dialog(await answer.text(), link)) throw new Error(`${answer.status}`);
    } catch {
        put_back(item);
        tools.toast(say('Not saved. It is back where it was.'), { bad: true, again: () => send(item, where) });
    } finally {
        item.removeAttribute('aria-busy');
    }
}

function put_back(item) {
    for (const name of ['translate', 'block-size']) item.style.removeProperty(name);
}

/* ---- dragging ---- */

const day_at = (x, y) => document.elementFromPoint(x, y)?.closest('#main [data-calendar] [data-day]');

/* The minute of the day at this height of the hours. */
function minute_at(y) {
    const of = hours();
    const top = of.querySelector('section').getBoundingClientRect().top;
    return (y - top) / number(of, '--px') + number(of, '--from');
}

const snapped = (minutes) => Math.min(Math.max(Math.round(minutes / STEP) * STEP, 0), 1440);

function pointerdown(event) {
    const item = event.target.closest?.('#main [data-calendar] .evt');
    if (!item?.querySelector('.mv') || event.button || event.pointerType === 'touch' || item.ariaBusy) return;
    const day = day_at(event.clientX, event.clientY)?.dataset.day;
    if (!day) return;
    const low = item.getBoundingClientRect().bottom - event.clientY < EDGE;
    const stretch = low && at_hours(item) && grid().dataset.end && !('after' in item.dataset);
    held = { item, day, stretch, x: event.clientX, y: event.clientY, began: false, over: null };
    if (at_hours(item)) held.grab = minute_at(event.clientY) - Number(item.dataset.s);
}

function over(cell) {
    if (held.over === cell) return;
    held.over?.removeAttribute('data-over');
    cell?.setAttribute('data-over', '');
    held.over = cell;
}

/* Where it would go: nothing where it is, or where it cannot. */
function target(event) {
    const { item, day, stretch } = held;
    if (stretch) {
        const end = Math.max(snapped(minute_at(event.clientY)), Number(item.dataset.s) + STEP);
        return { day, until: clock(end), at: end };
    }
    const cell = day_at(event.clientX, event.clientY);
    if (!cell) return null;
    const goes = { cell, day: later(item.dataset.first, between(day, cell.dataset.day)) };
    if (at_hours(item) && cell.closest('.cal-hours') && !('before' in item.dataset)) {
        goes.at = Math.min(snapped(minute_at(event.clientY) - held.grab), 1440 - STEP);
        goes.time = clock(goes.at);
    }
    return goes;
}

function pointermove(event) {
    if (!held) return;
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.began && Math.hypot(dx, dy) < NEAR) return;
    const { item } = held;
    if (!held.began) {
        held.began = true;
        item.classList.add('held');
        document.getElementById('preview')?.remove();
    }
    const goes = held.goes = target(event);
    over(goes?.cell ?? null);
    if (held.stretch) {
        item.style.setProperty('block-size', `${(goes.at - Number(item.dataset.s)) * number(hours(), '--px')}px`);
        return;
    }
    const rise = goes?.time ? (goes.at - Number(item.dataset.s)) * number(hours(), '--px') : dy;
    item.style.setProperty('translate', `${dx}px ${rise}px`);
    if (goes?.time) item.querySelector('.at')?.replaceChildren(goes.time);
}

function finish(drop) {
    if (!held) return;
    const { item, goes, began, stretch } = held;
    over(null);
    item.classList.remove('held');
    held = null;
    if (!began) return;
    dragged = true;
    setTimeout(() => { dragged = false; });
    const same = !goes || (stretch ? goes.at === Number(item.dataset.e)
        : goes.day === item.dataset.first && (!goes.time || goes.at === Number(item.dataset.s)));
    if (!drop || same) {
        put_back(item);
        const whole = 's' in item.dataset && !('before' in item.dataset);
        if (whole) item.querySelector('.at')?.replaceChildren(clock(Number(item.dataset.s)));
        return;
    }
    const where = { day: goes.day };
    if (goes.time) where.time = goes.time;
    if (goes.until) where.until = goes.until;
    send(item, where);
}

/* ---- keys ---- */

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/* With Shift an event goes a day to the side, and up or down a week or a quarter of an hour. */
function keydown(event) {
    if (event.key === 'Escape' && held?.began) {
        finish(false);
        event.preventDefault();
        return;
    }
    const item = event.target.closest?.('#main [data-calendar] .evt');
    const step = STEPS[event.key];
    if (!item?.querySelector('.mv') || !step || !event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (item.ariaBusy) return;
    const [aside, down] = step;
    const by_hour = down && at_hours(item) && !('before' in item.dataset);
    const start = Number(item.dataset.s) + down * STEP;
    if (by_hour && (start < 0 || start >= 1440)) return;
    send(item, { day: later(item.dataset.first, by_hour ? 0 : aside + down * 7), ...(by_hour && { time: clock(start) }) });
}

/* ---- telling more ---- */

function line(box, name, text, hue) {
    if (!text) return;
    const part = document.createElement('p');
    part.className = name;
    if (hue) {
        const dot = document.createElement('span');
        dot.className = `dot ${hue}`;
        part.append(dot, ' ');
    }
    part.append(text);
    box.append(part);
}

function way(box, href, text, icon, dialog) {
    const link = document.createElement('a');
    link.href = href;
    link.className = 'btn sm';
    if (dialog) link.dataset.dialog = '';
    const mark = document.createElement('i');
    mark.className = `i i-${icon}`;
    mark.setAttribute('aria-hidden', 'true');
    link.append(mark, text);
    box.append(link);
    return link;
}

function place(box, at) {
    const { width, height } = box.getBoundingClientRect();
    const below = at.bottom + 4 + height < innerHeight;
    box.style.setProperty('--top', `${below ? at.bottom + 4 : Math.max(8, at.top - height - 4)}px`);
    box.style.setProperty('--left', `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`);
}

/* Over the work, under the event; Escape and a click elsewhere close it, as of any menu. */
function preview(item) {
    const link = item.querySelector('.ev');
    const move = item.querySelector('.mv');
    document.getElementById('preview')?.remove();
    const box = document.createElement('div');
    box.id = 'preview';
    box.className = 'menu preview';
    box.popover = 'auto';
    box.setAttribute('role', 'dialog');
    const title = document.createElement('h3');
    title.textContent = link.querySelector('b').textContent;
    box.setAttribute('aria-label', title.textContent);
    box.append(title);
    line(box, 'when', link.dataset.when);
    line(box, 'state', link.dataset.state, [...link.classList].find((name) => name !== 'ev' && name !== 'off'));
    line(box, 'sub', link.querySelector('.sub')?.textContent);
    const ways = document.createElement('div');
    ways.className = 'row-x';
    const open = way(ways, link.href, say('Open'), 'arrow-ur');
    if (move) way(ways, move.href, say('Move'), 'calendar', true).addEventListener('click', () => box.hidePopover());
    box.append(ways);
    box.addEventListener('toggle', (event) => {
        if (event.newState !== 'closed') return;
        const back = box.contains(document.activeElement) || document.activeElement === document.body;
        box.remove();
        if (back) link.focus({ preventScroll: true });
    });
    document.getElementById('dialogs').append(box);
    tools.htmx.process(box);
    box.showPopover();
    place(box, link.getBoundingClientRect());
    open.focus();
}

/* ---- making one ---- */

function make(cell, event) {
    const { new: href, end } = grid().dataset;
    const { day } = cell.dataset;
    if ('dates' in grid().dataset) {
        tools.open_dialog(href + day, cell);
        return;
    }
    const start = cell.closest('.cal-hours') ? Math.min(Math.floor(minute_at(event.clientY) / 30) * 30, 1380) : 540;
    const last = end ? `&${encodeURIComponent(end)}=${day}T${clock(start + 60 > 1425 ? 1425 : start + 60)}` : '';
    tools.open_dialog(`${href}${day}T${clock(start)}${last}`, cell);
}

function click(event) {
    if (!grid()?.contains(event.target) || event.button) return;
    if (dragged) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
    }
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const item = event.target.closest('.evt');
    if (item && event.target.closest('.ev')) {
        event.preventDefault();
        event.stopImmediatePropagation();
        preview(item);
        return;
    }
    const cell = event.target.closest('[data-day]');
    if (cell && grid().dataset.new && !event.target.closest('a, button')) make(cell, event);
}

export function start(given) {
    tools = given;
    document.addEventListener('pointerdown', pointerdown);
    document.addEventListener('pointermove', pointermove);
    document.addEventListener('pointerup', () => finish(true));
    document.addEventListener('pointercancel', () => finish(false));
    document.addEventListener('dragstart', (event) => { if (event.target.closest?.('.evt')) event.preventDefault(); });
    document.addEventListener('click', click, true);
    document.addEventListener('keydown', keydown);
}

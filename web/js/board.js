// board.js - cards move between lanes by drag or by Shift and an arrow; further cards come by scrolling; what others move is
// shown. <ol data-lane="STAGE" data-more="URL"> holds <li class="kcard" data-move="/leads/ID/move">.
//
// The card is painted in its new lane at once, then sent: POST stage=STAGE. Where that stage wants to know more (422), the
// card goes back and the move's own form opens, GET ?stage=STAGE; where the server refuses, it goes back and a message says
// so. The same form is behind each card's button, so nobody needs to drag. The order inside a lane is the server's, which also
// says that it was done and offers to undo it. The board is never drawn anew: only what is different is put in.
import Sortable, { AutoScroll } from 'sortablejs/modular/sortable.core.esm.js';
import { say } from './say.js';

const NEAR = 600; // pixels from a lane's end
const AT_ONCE = 200; // cards of one answer
let tools = null;
const board = () => document.querySelector('#main .board');
const parse = (html) => new DOMParser().parseFromString(html, 'text/html');

async function page_at(href) {
    const answer = await fetch(href, { headers: { Accept: 'text/html' } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return parse(await answer.text());
}

/* ---- what the server shows now ---- */

/* Apart from the marks that htmx leaves on what it has made ready. */
function is_same(shown, fresh) {
    const plain = shown.cloneNode(true);
    for (const part of [plain, ...plain.querySelectorAll('[data-htmx-powered]')]) part.removeAttribute('data-htmx-powered');
    return plain.isEqualNode(fresh);
}

/* `list` becomes like `fresh`, each card by its id; what is the same stays the element that it is, and one that is on its way
 * stays where it was put. */
function reconcile(list, fresh) {
    const stays = new Set([...fresh.children].map((card) => card.id));
    for (const card of [...list.children]) if (!stays.has(card.id) && card.ariaBusy !== 'true') card.remove();
    let at = list.firstElementChild;
    for (const card of [...fresh.children]) {
        let old = document.getElementById(card.id);
        if (!old?.matches('.kcard')) old = null;
        if (old?.ariaBusy === 'true') continue;
        if (old && !is_same(old, card)) {
            if (at === old) at = old.nextElementSibling;
            old.replaceWith(card);
            tools.htmx.process(card);
            old = card;
        } else if (!old) tools.htmx.process(card);
        const here = old ?? card;
        if (here === at) at = at.nextElementSibling;
        else list.insertBefore(here, at);
    }
    if (fresh.dataset.more) list.dataset.more = fresh.dataset.more;
    else delete list.dataset.more;
}

/* As many cards as there were, where a lane has grown by scrolling. */
async function whole_list(lane, list) {
    const old = lane.querySelector('ol');
    const count = old?.children.length ?? 0;
    if (!('grown' in (old?.dataset ?? {})) || count <= list.children.length) return list;
    const href = new URL(board().dataset.cards, location.href);
    for (const [name, value] of new URL(location.href).searchParams) href.searchParams.append(name, value);
    href.searchParams.set('lane', lane.dataset.key);
    href.searchParams.set('limit', String(Math.min(AT_ONCE, count)));
    return (await page_at(href)).querySelector('ol') ?? list;
}

const shape = (page) => [...page.querySelectorAll('#main .board .lane')]
    .map((lane) => lane.dataset.key + lane.matches('[data-collapsed]')).join();

let asked = 0;
let shown = 0;

/* Where the lanes themselves have changed the page is fetched as a whole. What was asked for later is newer. */
async function refresh(href = location.href) {
    const [turn, from] = [++asked, location.pathname];
    const page = await page_at(href);
    if (turn < shown || from !== location.pathname) return;
    shown = turn;
    if (!board() || shape(page) !== shape(document)) {
        await tools.htmx.ajax('GET', href, { target: document.body, swap: 'outerMorph' });
        return;
    }
    const focused = document.activeElement?.closest('.kcard')?.id;
    for (const fresh of page.querySelectorAll('#main .board .lane')) {
        const lane = [...board().querySelectorAll('.lane')].find((each) => each.dataset.key === fresh.dataset.key);
        const parts = lane.matches('[data-collapsed]') ? ['a'] : ['header', 'footer'];
        const list = await whole_list(lane, fresh.querySelector('ol'));
        if (!lane.matches('[data-collapsed]')) reconcile(lane.querySelector('ol'), list);
        for (const part of parts) {
            const [old, now] = [lane.querySelector(`:scope > ${part}`), fresh.querySelector(`:scope > ${part}`)];
            if (!is_same(old, now)) old.innerHTML = now.innerHTML;
        }
        if (lane.matches('[data-collapsed]')) lane.querySelectorAll('.kcard').forEach((card) => card.remove());
        left_over(lane);
    }
    for (const box of page.querySelectorAll('#toasts .toast')) {
        document.getElementById('toasts').replaceChildren(box);
        tools.htmx.process(box);
        document.dispatchEvent(new CustomEvent('tenon:toasts'));
    }
    if (focused && document.activeElement === document.body) document.querySelector(`#${focused} h3 a`)?.focus();
}

/* "12 more" counts those that are not shown yet. */
function left_over(lane) {
    const more = lane.querySelector('footer .more');
    const left = Number(lane.querySelector('header .n')?.textContent) - lane.querySelectorAll('.kcard').length;
    if (!more) return;
    more.textContent = say('{card_count} more', { card_count: left });
    more.hidden = left <= 0;
}

/* ---- further cards ---- */

async function further(list) {
    if (list.dataset.busy || !list.dataset.more || list.scrollTop === 0) return;
    if (list.scrollHeight - list.scrollTop - list.clientHeight > NEAR) return;
    list.dataset.busy = 'true';
    try {
        const fresh = (await page_at(list.dataset.more)).querySelector('ol');
        const known = new Set([...board().querySelectorAll('.kcard')].map((card) => card.id));
        const cards = [...fresh.children].filter((card) => !known.has(card.id));
        list.append(...cards);
        cards.forEach((card) => tools.htmx.process(card));
        list.dataset.grown = 'true';
        if (fresh.dataset.more) list.dataset.more = fresh.dataset.more;
        else delete list.dataset.more;
        left_over(list.closest('.lane'));
    } catch {
        tools.toast(say('The next cards did not come.'), { bad: true, again: () => further(list) });
    } finally {
        delete list.dataset.busy;
    }
}

/* ---- moving ---- */

async function send(card, lane) {
    const body = new URLSearchParams({ stage: lane.dataset.lane });
    const answer = await fetch(card.dataset.move, {
        method: 'POST', body, headers: { 'X-CSRF-Token': tools.csrf_token(), Accept: 'application/json' }, redirect: 'manual',
    });
    if (answer.status === 422) return null;
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
}

async function move(card, to, from, before) {
    const back = () => from.insertBefore(card, before?.parentNode === from ? before : null);
    card.setAttribute('aria-busy', 'true');
    try {
        const done = await send(card, to);
        if (!done) {
            back();
            const join = card.dataset.move.includes('?') ? '&' : '?';
            const form = `${card.dataset.move}${join}stage=${encodeURIComponent(to.dataset.lane)}`;
            tools.open_dialog(form, card.querySelector('h3 a'));
            return;
        }
        const here = new URL(location.href);
        here.searchParams.set('done', 'moved');
        here.searchParams.set('undo', done.undo);
        card.removeAttribute('aria-busy');
        await refresh(here.href);
    } catch {
        back();
        tools.toast(say('Not saved. The card is back where it was.'), {
            bad: true,
            again: () => { to.prepend(card); move(card, to, from, before); },
        });
    } finally {
        card.removeAttribute('aria-busy');
    }
}

function arm(lane) {
    if (Sortable.get(lane)) return;
    let before = null;
    Sortable.create(lane, {
        group: 'board',
        draggable: '.kcard[data-move]',
        sort: false,
        animation: 0, // it would measure every card of both lanes at each step
        delay: 180,
        delayOnTouchOnly: true,
        touchStartThreshold: 5,
        scroll: true,
        bubbleScroll: true,
        scrollSensitivity: 60,
        onStart: (event) => {
            before = event.item.nextElementSibling;
            board().dataset.dragging = 'true';
        },
        onEnd: (event) => {
            delete board()?.dataset.dragging;
            if (event.from !== event.to) move(event.item, event.to, event.from, before);
        },
    });
}

/* ---- keys ---- */

const lists = () => [...board().querySelectorAll('.lane:not([data-collapsed]) > ol')];
const DIRECTIONS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/* Arrows go from card to card; with Shift, left and right take the card along. */
function keydown(event) {
    const card = event.target.closest?.('#main .kcard');
    const direction = DIRECTIONS[event.key];
    if (!card || !direction || event.ctrlKey || event.altKey || event.metaKey) return;
    const [down, right] = direction;
    const all = lists();
    const here = card.parentElement;
    const at = [...here.children].indexOf(card);
    const there = all[all.indexOf(here) + right];
    if (event.shiftKey) {
        if (!right || !there?.dataset.lane || !card.dataset.move) return;
        const before = card.nextElementSibling;
        there.prepend(card);
        card.querySelector('h3 a').focus();
        move(card, there, here, before);
    } else {
        const column = [...(right ? there : here)?.children ?? []];
        const next = right ? column[Math.min(at, column.length - 1)] : column[at + down];
        next?.querySelector('h3 a').focus();
    }
    event.preventDefault();
}

const arm_all = () => document.querySelectorAll('[data-lane]').forEach(arm);

export function start(given) {
    tools = given;
    Sortable.mount(new AutoScroll());
    document.addEventListener('htmx:after:swap', arm_all);
    document.addEventListener('keydown', keydown);
    document.addEventListener('scroll', (event) => {
        if (event.target.matches?.('#main .board .lane > ol')) further(event.target);
    }, { capture: true, passive: true });
    document.addEventListener('tenon:live', (event) => {
        if (!board()) return;
        event.preventDefault();
        refresh().catch(() => {});
    });
    arm_all();
}

// board.js - cards move between lanes by drag. <ol data-lane="STAGE"> holds <li class="kcard" data-move="/leads/ID/move">.
//
// The card is painted in its new lane at once, then sent: POST stage=STAGE. Where that stage wants to know more (422), the
// card goes back and the move's own form opens, GET ?stage=STAGE; where the server refuses, it goes back and a message says
// so. The same form is behind each card's button, so nobody needs to drag. The order inside a lane is the server's, which also
// says that it was done and offers to undo it.
import Sortable from 'sortablejs/modular/sortable.core.esm.js';

let tools = null;

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
            tools.open_dialog(`${card.dataset.move}?stage=${encodeURIComponent(to.dataset.lane)}`, card.querySelector('h3 a'));
            return;
        }
        const here = new URL(location.href);
        here.searchParams.set('done', 'moved');
        here.searchParams.set('undo', done.undo);
        tools.htmx.ajax('GET', here.href, { target: document.body, swap: 'outerMorph' });
    } catch {
        back();
        tools.toast('Not saved. The card is back where it was.', {
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
        animation: 140,
        delay: 180,
        delayOnTouchOnly: true,
        onStart: (event) => { before = event.item.nextElementSibling; },
        onEnd: (event) => {
            if (event.from !== event.to) move(event.item, event.to, event.from, before);
        },
    });
}

const arm_all = () => document.querySelectorAll('[data-lane]').forEach(arm);

export function start(given) {
    tools = given;
    document.addEventListener('htmx:after:swap', arm_all);
    arm_all();
}

/* board_page.h - the board of any entity with a state: /leads/board, one lane a state, its count and sum from the database.
 *
 * Lanes are the values of the entity's state, or of another choice or state (?by=rating); their order and which of them are
 * folded is kept for each person. Further cards of a lane come from /board/cards as one <ol>.
 *
 * Moving a card is POST /leads/{id}/move with stage=STATE; what the state asks for (a note, a follow-up date) is asked by
 * GET /leads/{id}/move?stage=STATE, a page that scripts open as a dialog.
 */
#ifndef HTTP_BOARD_PAGE_H
#define HTTP_BOARD_PAGE_H

#include "http/list_page.h"

#define BOARD_CARDS 20 /* shown of each lane; the lane's foot leads to the rest */

struct board_card {
    int64_t id;
    struct str title, href, sub, amount, owner, move_href;
    struct value_view due, mark; /* mark: a choice, shown where there is no amount */
};
struct board_lane {
    struct str key, title, total, list_href, new_href;
    const char *hue;
    struct str more_href; /* its further cards, or empty */
    int64_t count;
    int share;         /* of the largest lane's sum (or count), percent */
    int place;
    bool folded;       /* stands at the edge without its cards: as this person wants it, else where the state is closed */
    struct board_card *cards;
    size_t card_count;
};
struct board_view {
    struct list_view list; /* toolbar, addresses */
    struct board_lane *lanes;
    size_t lane_count, folded_count;
    const struct field *field;   /* whose values are the lanes */
    struct choice *fields;       /* others that could be */
    size_t field_count;
    bool may_move;
    bool none;                   /* nothing fits the search and the filters: there are no lanes to see */
};
struct move_view {
    const struct entity *entity;
    struct str title, action, back, submit;
    struct input *inputs;
    size_t input_count;
    const struct errors *errors;
    struct param *hidden;
    size_t hidden_count;
    struct str danger;       /* a button that sends do=delete, or empty */
};

/* The field of ?by=, else the entity's own. */
const struct field *board_field(struct request *req);

void board_page(struct request *req, struct response *res);      /* GET  /{entity}/board */
void board_cards(struct request *req, struct response *res);     /* GET  /{entity}/board/cards?lane=KEY&cursor=... */
void board_arrange(struct request *req, struct response *res);   /* POST /{entity}/board: lane=KEY, do=left|right|fold|open */
void board_move_form(struct request *req, struct response *res); /* GET  /{entity}/{id}/move */
void board_move(struct request *req, struct response *res);      /* POST /{entity}/{id}/move */

#endif

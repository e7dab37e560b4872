/* board_page.h - the board of any entity with a state: /leads/board, one lane a state, its count and sum from the database.
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
    struct value_view due;
};
struct board_lane {
    struct str key, title, total, list_href, new_href;
    const char *hue;
    int64_t count;
    int share;         /* of the largest lane's sum (or count), percent */
    bool closed;
    struct board_card *cards;
    size_t card_count;
};
struct board_view {
    struct list_view list; /* toolbar, addresses */
    struct board_lane *lanes;
    size_t lane_count, closed_count;
    struct str switch_href;  /* the same as a list */
    bool may_move;
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

void board_page(struct request *req, struct response *res);      /* GET  /{entity}/board */
void board_move_form(struct request *req, struct response *res); /* GET  /{entity}/{id}/move */
void board_move(struct request *req, struct response *res);      /* POST /{entity}/{id}/move */

#endif

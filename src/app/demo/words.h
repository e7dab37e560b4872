/* words.h - what the demo's companies, people and places are called. All are made up; telephone numbers are from the ranges that
 * are reserved for fiction, e-mail addresses end in .example. */
#ifndef APP_DEMO_WORDS_H
#define APP_DEMO_WORDS_H

#include <stdbool.h>

struct demo_town {
    const char *name, *region, *postcode;
    int area_code; /* 2, 3, 7, 8 */
    int branch;    /* index of demo_branches */
};
struct demo_branch {
    const char *name, *address, *city, *region, *postcode, *phone;
};
struct demo_person {
    const char *name, *user, *role, *title;
    int branch;
    bool sells;
};
struct demo_company {
    const char *name, *person, *title;
    int kilowatts, kilowatt_hours; /* roof and battery */
    long value;                    /* dollars */
    const char *tag;
};

extern const struct demo_branch demo_branches[];
extern const int demo_branch_count;
extern const struct demo_person demo_people[];
extern const int demo_person_count;
extern const struct demo_company demo_companies[];
extern const int demo_company_count;
extern const struct demo_town demo_towns[];
extern const int demo_town_count;
extern const char *const demo_first_names[], *const demo_last_names[], *const demo_trades[], *const demo_streets[];
extern const int demo_first_name_count, demo_last_name_count, demo_trade_count, demo_street_count;
extern const char *const demo_notes[],
    *const demo_calls[], *const demo_outcomes[], *const demo_next_steps[], *const demo_losses[], *const demo_tasks[],
                                                                                                     *const demo_titles[];
extern const int demo_note_count, demo_call_count, demo_outcome_count, demo_next_step_count, demo_loss_count, demo_task_count,
    demo_title_count;

#endif

/* login_view.c - fields of the pages before sign-in (login_view.h). */
#include "http/login_view.h"

struct input login_view_input(const struct errors *errors, const char *name, const char *label, struct str value,
                              const char *autocomplete) {
    bool email = strcmp(name, "email") == 0;
    return (struct input){.kind = INPUT_LINE,
                          .type = email ? "email" : "text",
                          .name = str_of(name),
                          .label = str_of(label),
                          .value = value,
                          .error = page_error(errors, name),
                          .required = true,
                          .large = true,
                          .autocomplete = autocomplete};
}

struct input login_view_code(const struct errors *errors, struct str value) {
    struct input in = login_view_input(errors, "code", "Set-up code", value, "one-time-code");
    in.hint = STR("The server printed it when it started.");
    return in;
}

struct input login_view_listed(struct arena *arena, const struct errors *errors, const char *name, const char *label,
                               struct str value, const char *list) {
    struct input in = login_view_input(errors, name, label, value, "off");
    page_offer(arena, &in, list);
    return in;
}

struct input login_view_password(const struct errors *errors, const char *name, const char *label) {
    return (struct input){.kind = INPUT_LINE,
                          .type = "password",
                          .name = str_of(name),
                          .label = str_of(label),
                          .hint = STR("At least 8 characters. A sentence is easier to remember than a riddle."),
                          .error = page_error(errors, name),
                          .required = true,
                          .large = true,
                          .autocomplete = "new-password"};
}

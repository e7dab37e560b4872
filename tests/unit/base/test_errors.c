/* test_errors.c - what went wrong, told all at once. */
#include "base_test.h"

static void the_first_error_gives_the_status_and_all_are_kept(void **state) {
    (void)state;
    struct errors errors = {.arena = arena};
    assert_int_equal(errors_status(&errors), 0);
    assert_false(errors_add(&errors, 422, "required", "email", "Enter an e-mail address."));
    assert_false(errors_add(&errors, 409, "conflict", NULL, "Version %d is newer.", 7));
    assert_int_equal(errors_status(&errors), 422);
    assert_int_equal(errors.count, 2);
    assert_text(errors.first->message, "Enter an e-mail address.");
    assert_text(errors.first->next->message, "Version 7 is newer.");
    assert_null(errors.first->next->next);
    assert_ptr_equal(errors.last, errors.first->next);
}

static void the_errors_of_a_field_are_found_by_its_name(void **state) {
    (void)state;
    struct errors errors = {.arena = arena};
    char name[] = "email";
    errors_add(&errors, 422, "required", "phone", "Enter a phone number.");
    errors_add(&errors, 422, "invalid", name, "This is not an address.");
    errors_add(&errors, 422, "too_long", name, "This is too long.");
    errors_add(&errors, 500, "failed", NULL, "Something went wrong.");
    name[0] = 'x'; // the name is copied
    assert_string_equal(errors_for(&errors, "email")->code, "invalid");
    assert_string_equal(errors_for(&errors, NULL)->code, "failed");
    assert_null(errors_for(&errors, "fax"));
}

static void cleared_errors_leave_none(void **state) {
    (void)state;
    struct errors errors = {.arena = arena};
    errors_add(&errors, 404, "not_found", NULL, "There is no such lead.");
    errors_clear(&errors);
    assert_int_equal(errors.count, 0);
    assert_int_equal(errors_status(&errors), 0);
    errors_add(&errors, 403, "forbidden", NULL, "You may not do this.");
    assert_int_equal(errors_status(&errors), 403);
    assert_ptr_equal(errors.first, errors.last);
}

static void appended_errors_follow_those_that_are_there(void **state) {
    (void)state;
    struct errors errors = {.arena = arena}, more = {.arena = arena}, none = {.arena = arena};
    errors_append(&errors, &none);
    assert_int_equal(errors.count, 0);
    errors_add(&more, 422, "required", "email", "Enter an e-mail address.");
    errors_append(&errors, &more);
    errors_clear(&more);
    errors_add(&more, 409, "duplicate", "email", "It is there already.");
    errors_add(&more, 403, "forbidden", "role_id", "You may not do this.");
    errors_append(&errors, &more);
    assert_int_equal(errors.count, 3);
    assert_int_equal(errors_status(&errors), 422);
    assert_string_equal(errors.first->next->code, "duplicate");
    assert_string_equal(errors.last->code, "forbidden");
    assert_null(errors.last->next);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_first_error_gives_the_status_and_all_are_kept),
        TEST(the_errors_of_a_field_are_found_by_its_name),
        TEST(cleared_errors_leave_none),
        TEST(appended_errors_follow_those_that_are_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

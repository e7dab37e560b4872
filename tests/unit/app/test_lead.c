/* test_lead.c - the rules of leads, their statuses and their conversion. */
#include "app_test.h"

static void name_is_joined_from_first_and_last_where_not_given(void **state) {
    (void)state;
    int64_t lead = made("leads", "first_name=Ada", "last_name=Lovelace");
    assert_string_equal(text_of("leads", lead, "name"), "Ada Lovelace");
    assert_done(update(admin, "leads", lead, "last_name=King"));
    assert_string_equal(text_of("leads", lead, "name"), "Ada King");
    assert_done(update(admin, "leads", lead, "name=The Countess"));
    assert_done(update(admin, "leads", lead, "last_name=Byron"));
    assert_string_equal(text_of("leads", lead, "name"), "The Countess");
}

static void lead_without_any_name_is_refused(void **state) {
    (void)state;
    assert_false(create(admin, "leads", "email=nobody@post.example"));
    assert_refused(422, "name");
}

static void new_lead_starts_in_the_default_status_with_its_creator(void **state) {
    (void)state;
    int64_t lead = app_test_made(create(agent, "leads", "name=Ada"));
    assert_int_equal(int_of("leads", lead, "lead_status_id"), status_named("New"));
    assert_int_equal(int_of("leads", lead, "assigned_to_id"), agent);
    assert_string_equal(text_of("leads", lead, "currency"), "AUD");
}

static void default_status_is_exactly_one(void **state) {
    (void)state;
    int64_t old = status_named("New"), new = status_named("Contacted");
    assert_done(update(admin, "lead_statuses", new, "is_default=true"));
    assert_int_equal(int_of("lead_statuses", old, "is_default"), 0);
    assert_int_equal(number("SELECT count(*) FROM lead_statuses WHERE tenant_id = :tenant AND is_default = 1"), 1);
    assert_false(update(admin, "lead_statuses", new, "is_default=false"));
    assert_refused(422, "is_default");
    assert_false(drop(admin, "lead_statuses", new));
    assert_refused(409, NULL);
}

static void status_is_not_both_won_and_lost(void **state) {
    (void)state;
    assert_false(update(admin, "lead_statuses", status_named("Won"), "is_lost=true"));
    assert_refused(422, "is_lost");
    int64_t other = app_test_made(create(admin, "lead_statuses", "name=Signed", "is_won=true"));
    assert_int_equal(int_of("lead_statuses", other, "is_closed"), 1);
}

static void status_in_use_cannot_be_deleted(void **state) {
    (void)state;
    int64_t status = status_named("Qualified");
    int64_t lead = made("leads", "name=Ada", with("lead_status_id", status));
    made("leads", "name=Ben", with("lead_status_id", status));
    assert_false(drop(admin, "lead_statuses", status));
    assert_refused(409, NULL);
    assert_non_null(strstr(str_cstr(arena, last->errors.first->message), "2 leads"));
    assert_done(update(admin, "leads", lead, with("lead_status_id", status_named("Won"))));
    assert_false(drop(admin, "lead_statuses", status));
    assert_done(drop(admin, "leads", number("SELECT id FROM leads WHERE tenant_id = :tenant AND name = 'Ben'")));
    assert_done(drop(admin, "lead_statuses", status));
}

static void move_that_needs_a_note_or_date_is_refused_without(void **state) {
    (void)state;
    int64_t lost = status_named("Lost");
    assert_done(update(admin, "lead_statuses", lost, "requires_note=true", "requires_followup_date=true"));
    int64_t lead = made("leads", "name=Ada", "next_followup_at=2030-01-01T00:00:00Z");
    assert_false(update(admin, "leads", lead, with("lead_status_id", lost)));
    assert_refused(422, "note");
    assert_refused(422, "next_followup_at"); // one that was set before does not count
    assert_false(update(admin, "leads", lead, with("lead_status_id", lost), "note=Too dear"));
    assert_refused(422, "next_followup_at");
    assert_done(
        update(admin, "leads", lead, with("lead_status_id", lost), "note=Too dear", "next_followup_at=2031-01-01T00:00:00Z"));
    assert_int_equal(int_of("leads", lead, "lead_status_id"), lost);
}

static void change_of_status_is_kept_as_an_activity_nobody_can_change(void **state) {
    (void)state;
    int64_t lead = made("leads", "name=Ada");
    assert_done(update(admin, "leads", lead, with("lead_status_id", status_named("Contacted")), "note=Rang back"));
    int64_t activity = number("SELECT id FROM lead_activities WHERE tenant_id = :tenant AND type = 'status_change'");
    const char *payload = text_of("lead_activities", activity, "payload");
    assert_non_null(strstr(payload, "\"from\":\"New\",\"to\":\"Contacted\""));
    assert_non_null(strstr(payload, "\"note\":\"Rang back\""));
    assert_int_equal(int_of("lead_activities", activity, "user_id"), admin);
    assert_false(update(admin, "lead_activities", activity, "type=note"));
    assert_refused(409, NULL);
    assert_false(drop(admin, "lead_activities", activity));
    assert_false(create(admin, "lead_activities", with("lead_id", lead), "type=status_change"));
    assert_refused(422, "type");
}

static void note_and_call_set_the_last_contact(void **state) {
    (void)state;
    int64_t lead = app_test_made(create(agent, "leads", "name=Ada"));
    assert_true(row_null(row_of("leads", lead), "last_contacted_at"));
    assert_done(create(agent, "sales_activities", "type=phone_call", "description=Hello", with("lead_id", lead),
                       "completed_at=2026-01-02T03:04:05Z"));
    assert_int_equal(int_of("leads", lead, "last_contacted_at"), INT64_C(1767323045000));
    assert_done(create(agent, "notes", "subject_type=leads", with("subject_id", lead), "content=Likes green"));
    assert_true(int_of("leads", lead, "last_contacted_at") > INT64_C(1767323045000));
    assert_int_equal(number("SELECT count(*) FROM lead_activities WHERE tenant_id = :tenant AND type IN ('note', 'call')"), 2);
    assert_int_equal(int_of("leads", lead, "created_by_id"), agent);
}

static void planned_call_is_no_contact_yet(void **state) {
    (void)state;
    int64_t lead = made("leads", "name=Ada");
    int64_t call = app_test_made(create(admin, "sales_activities", "type=phone_call", "description=Later", with("lead_id", lead),
                                        "scheduled_at=2030-01-01T00:00:00Z"));
    assert_true(row_null(row_of("leads", lead), "last_contacted_at"));
    assert_done(update(admin, "sales_activities", call, "completed_at=2026-02-01T00:00:00Z"));
    assert_false(row_null(row_of("leads", lead), "last_contacted_at"));
}

static void followup_is_an_activity(void **state) {
    (void)state;
    int64_t lead = made("leads", "name=Ada");
    assert_done(update(admin, "leads", lead, "next_followup_at=2030-01-01T00:00:00Z"));
    assert_int_equal(number("SELECT count(*) FROM lead_activities WHERE tenant_id = :tenant AND type = 'followup'"), 1);
}

static void score_and_rating_follow_from_what_is_known(void **state) {
    (void)state;
    int64_t lead = made("leads", "name=Ada");
    assert_int_equal(int_of("leads", lead, "score"), 0);
    assert_string_equal(text_of("leads", lead, "rating"), "cold");
    assert_done(update(admin, "leads", lead, "email=ada@post.example", "phone=0491 570 156", "company_name=Engines",
                       "estimated_value=30000", "source=referral"));
    assert_int_equal(int_of("leads", lead, "score"), 57); // 30 for who they are, 17 for the value, 10 for a referral
    assert_string_equal(text_of("leads", lead, "rating"), "warm");
    assert_done(update(admin, "leads", lead, "qualification_criteria={\"budget\":true,\"need\":true,\"timeline\":true}"));
    assert_int_equal(int_of("leads", lead, "score"), 72);
    assert_string_equal(text_of("leads", lead, "rating"), "hot");
}

static void score_set_by_hand_stands_until_it_is_taken_back(void **state) {
    (void)state;
    int64_t lead = made("leads", "name=Ada");
    assert_done(update(admin, "leads", lead, "score=90"));
    assert_string_equal(text_of("leads", lead, "rating"), "hot");
    assert_done(update(admin, "leads", lead, "email=ada@post.example", "rating=cold"));
    assert_int_equal(int_of("leads", lead, "score"), 90);
    assert_string_equal(text_of("leads", lead, "rating"), "cold");
    assert_done(update(admin, "leads", lead, "score=", "rating="));
    assert_int_equal(int_of("leads", lead, "score"), 10);
}

static void source_in_words_and_from_the_list_agree(void **state) {
    (void)state;
    int64_t lead = made("leads", "name=Ada", "source=website");
    int64_t website = number("SELECT id FROM lead_sources WHERE tenant_id = :tenant AND name = 'Website'");
    assert_int_equal(int_of("leads", lead, "lead_source_id"), website);
    assert_done(update(admin, "leads", lead, "source=A pub in Ballarat"));
    assert_true(row_null(row_of("leads", lead), "lead_source_id"));
    assert_done(update(admin, "leads", lead, with("lead_source_id", website)));
    assert_string_equal(text_of("leads", lead, "source"), "Website");
}

static void lead_becomes_a_client_once(void **state) {
    (void)state;
    int64_t lead = app_test_made(create(agent, "leads", "first_name=Ada", "last_name=Lovelace", "company_name=Engines",
                                        "email=ada@engines.example", "phone=0491 570 156", "address_line1=1 High Street"));
    assert_done(act(agent, "leads", lead, "convert"));
    int64_t client = int_of("leads", lead, "client_id");
    assert_string_equal(text_of("clients", client, "name"), "Engines");
    assert_int_equal(int_of("clients", client, "lead_id"), lead);
    assert_int_equal(int_of("clients", client, "assigned_to_id"), agent);
    assert_int_equal(int_of("leads", lead, "lead_status_id"), status_named("Won"));
    assert_false(row_null(row_of("leads", lead), "converted_at"));
    int64_t contact = number("SELECT id FROM contacts WHERE tenant_id = :tenant");
    assert_int_equal(int_of("contacts", contact, "client_id"), client);
    assert_int_equal(int_of("contacts", contact, "lead_id"), lead);
    assert_int_equal(int_of("contacts", contact, "is_primary"), 1);
    assert_int_equal(number("SELECT count(*) FROM addresses WHERE tenant_id = :tenant AND is_primary = 1"), 1);
    assert_false(act(agent, "leads", lead, "convert"));
    assert_refused(409, NULL);
    assert_int_equal(number("SELECT count(*) FROM clients WHERE tenant_id = :tenant"), 1);
}

static void lead_of_a_known_client_takes_that_client(void **state) {
    (void)state;
    int64_t client = made("clients", "company_name=Engines", "is_lead=true");
    made("contacts", "name=Charles", with("client_id", client), "is_primary=true");
    int64_t lead = made("leads", "name=Ada", with("client_id", client));
    assert_done(act(admin, "leads", lead, "convert"));
    assert_int_equal(int_of("leads", lead, "client_id"), client);
    assert_int_equal(int_of("clients", client, "is_lead"), 0);
    assert_int_equal(number("SELECT count(*) FROM contacts WHERE tenant_id = :tenant AND is_primary = 1"), 1);
    assert_int_equal(number("SELECT count(*) FROM contacts WHERE tenant_id = :tenant"), 2);
}

static void failed_conversion_leaves_nothing(void **state) {
    (void)state;
    assert_done(update(admin, "lead_statuses", status_named("Won"), "requires_note=true"));
    int64_t lead = made("leads", "name=Ada");
    assert_false(act(admin, "leads", lead, "convert"));
    assert_refused(422, "note");
    assert_int_equal(number("SELECT count(*) FROM clients WHERE tenant_id = :tenant"), 0);
    assert_int_equal(number("SELECT count(*) FROM contacts WHERE tenant_id = :tenant"), 0);
}

static void agent_sees_only_their_own_leads(void **state) {
    (void)state;
    int64_t mine = app_test_made(create(agent, "leads", "name=Mine"));
    int64_t other = app_test_made(create(admin, "leads", "name=Other"));
    struct ctx *ctx = app_test_ctx(agent);
    assert_non_null(query_one(ctx, registry_get("leads"), mine, MAY_READ, false));
    assert_null(query_one(ctx, registry_get("leads"), other, MAY_READ, false));
    assert_false(update(agent, "leads", other, "name=Stolen"));
    assert_int_equal(errors_status(&last->errors), 404);
    assert_false(create(agent, "notes", "subject_type=leads", with("subject_id", other), "content=Peek"));
    assert_refused(422, "subject_id");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(name_is_joined_from_first_and_last_where_not_given),
        TEST(lead_without_any_name_is_refused),
        TEST(new_lead_starts_in_the_default_status_with_its_creator),
        TEST(default_status_is_exactly_one),
        TEST(status_is_not_both_won_and_lost),
        TEST(status_in_use_cannot_be_deleted),
        TEST(move_that_needs_a_note_or_date_is_refused_without),
        TEST(change_of_status_is_kept_as_an_activity_nobody_can_change),
        TEST(note_and_call_set_the_last_contact),
        TEST(planned_call_is_no_contact_yet),
        TEST(followup_is_an_activity),
        TEST(score_and_rating_follow_from_what_is_known),
        TEST(score_set_by_hand_stands_until_it_is_taken_back),
        TEST(source_in_words_and_from_the_list_agree),
        TEST(lead_becomes_a_client_once),
        TEST(lead_of_a_known_client_takes_that_client),
        TEST(failed_conversion_leaves_nothing),
        TEST(agent_sees_only_their_own_leads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

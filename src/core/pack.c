/* pack.c - what each pack is called and what it is for (pack.h). */
#include "core/pack.h"

#include <stddef.h>

#include "core/entity.h"

const struct pack packs[] = {
    {"sales", N_("Sales"), "leads", N_("Leads, deals and campaigns: from first contact to a client."), "leads deals campaigns"},
    {"billing", N_("Billing"), "receipt", N_("Quotes, invoices, payments, expenses and commissions."),
     "quotes invoices payments recurring_invoices credit_notes expenses products"},
    {"support", N_("Support"), "ticket", N_("Tickets with time and agreed answers, projects and vendors."),
     "tickets projects recurring_tickets"},
    {"documentation", N_("Documentation"), "server",
     N_("What clients have: assets, networks, licenses, credentials, racks, domains."),
     "assets networks licenses credentials domains certificates racks services documents"},
    {"property", N_("Property"), "home", N_("Developments, their stages and lots, reservations and conditions."),
     "developments stages lots reservations"},
    {"moving", N_("Moving"), "truck", N_("Journeys, crews, equipment, stock and storage."),
     "journeys crews equipment storage_units storage_bookings inventory_items"},
    {"telephony", N_("Telephony"), "phone", N_("Calls, how they ended, and who may make them."), "calls"},
    {"messaging", N_("Messaging"), "message", N_("Messages with clients, and templates for them."), "communications"},
    {"integration", N_("Integration"), "link", N_("Other programs: connections, webhooks and what they were told."), ""},
    {"insight", N_("Insight"), "chart", N_("Reports and dashboards."), "dashboards reports"},
    {"ai", N_("AI"), "robot", N_("Conversations with a language model, and prompts for it."), "ai_conversations"},
    {NULL, NULL, NULL, NULL, NULL},
};

int pack_count(void) { return (int)(sizeof packs / sizeof *packs) - 1; }

const struct pack *pack_find(struct str name) {
    for (const struct pack *p = packs; p->name; p++)
        if (str_eqc(name, p->name)) return p;
    return NULL;
}

/* role_grants.c - the roles that every tenant starts with, and what each allows. A tenant may change all but tenant_admin. */
#include <stddef.h>

#include "core/access.h"

const struct builtin_role builtin_roles[] = {
    {"tenant_admin", N_("Administrator"), N_("May do everything, also settings, users and roles.")},
    {"supervisor", N_("Supervisor"), N_("Leads the sales and support teams: sees and changes all of their records.")},
    {"sales_agent", N_("Sales agent"), N_("Works on their own leads and on their clients.")},
    {"support_agent", N_("Support agent"), N_("Helps clients: sees all of them, writes notes and tasks.")},
    {"technician", N_("Technician"), N_("Works at clients' sites and on their own tasks.")},
    {"accountant", N_("Accountant"), N_("Sees all clients and keeps their billing details.")},
    {"dispatcher", N_("Dispatcher"), N_("Plans the work of their own branch.")},
    {"crew", N_("Crew"), N_("Does the work: sees their own tasks and where to go.")},
    {"read_only", N_("Read only"), N_("Sees business records and changes nothing.")},
    {NULL, NULL, NULL},
};

/* What everybody who signs in may look up, so that pages can name owners, branches, statuses and tags. */
#define LOOKUPS                                                                                                                  \
    "tenants users roles tags lead_statuses lead_sources pipelines pipeline_stages lost_reasons call_dispositions tax_rates "    \
    "slas features move_sources billing_plans custom_fields templates"
/* ALL of a child's rows (notes, activities, contacts, sites) still means: of the parents that one may see. */
/* What anybody keeps for themselves. */
#define PERSONAL "saved_views import_mappings notifications"
#define SALES                                                                                                                    \
    "leads lead_activities sales_activities clients contacts addresses locations notes tasks files deals campaigns "             \
    "campaign_members"
/* The entities of a pack that people work with. */
#define CALENDAR "calendar_events schedules schedule_resources availability"
#define BILLING                                                                                                                  \
    "products quotes quote_items invoices invoice_items recurring_invoices recurring_invoice_items payments "                    \
    "payment_allocations credit_notes transactions expenses commissions trips"
#define SUPPORT "tickets ticket_replies ticket_time_entries recurring_tickets projects project_members vendors"
#define DOCUMENTATION                                                                                                            \
    "assets asset_interfaces networks licenses license_assignments racks rack_items certificates domains services documents "    \
    "document_versions"
#define PROPERTY "developers developments stages lots lot_features reservations deal_conditions"
#define JOURNEYS "journeys journey_steps step_activities journey_crew journey_entries"
#define FLEET "crews crew_members equipment equipment_maintenance equipment_assignments"
#define STORE "inventory_items inventory_transactions storage_units storage_bookings"
#define MESSAGES "communications"
#define INSIGHT "reports report_runs dashboards"
#define AI "ai_conversations ai_messages"

const struct role_grant role_grants[] = {
    {"tenant_admin", "*", "*", SCOPE_ALL},

    {"supervisor", LOOKUPS, "read", SCOPE_ALL},
    {"supervisor", SALES, "read create update delete export approve", SCOPE_ALL},
    {"supervisor", "lead_statuses lead_sources tags", "create update delete", SCOPE_ALL},
    {"supervisor", PERSONAL, "read create update delete", SCOPE_ALL},
    {"supervisor", "audit_logs", "read", SCOPE_OWN},
    {"supervisor", "sessions api_keys import_runs", "read", SCOPE_OWN},
    {"supervisor", CALENDAR " " BILLING " " SUPPORT " " PROPERTY " " JOURNEYS " " FLEET " " STORE,
     "read create update delete export approve", SCOPE_ALL},
    {"supervisor", DOCUMENTATION " credentials calls " MESSAGES " " INSIGHT " " AI,
     "read create update delete export", SCOPE_ALL},
    {"supervisor", "pipelines pipeline_stages lost_reasons call_dispositions templates features move_sources",
     "create update delete", SCOPE_ALL},
    {"supervisor", "media", "read", SCOPE_ALL},

    {"sales_agent", LOOKUPS " locations", "read", SCOPE_ALL},
    {"sales_agent", "leads", "read create update delete export", SCOPE_OWN},
    {"sales_agent", "lead_activities", "read create", SCOPE_ALL},
    {"sales_agent", "sales_activities", "read", SCOPE_CLIENT},
    {"sales_agent", "sales_activities", "create update delete", SCOPE_OWN},
    {"sales_agent", "clients contacts addresses", "read create update export", SCOPE_CLIENT},
    {"sales_agent", "notes files", "read create", SCOPE_ALL},
    {"sales_agent", "notes files", "update delete", SCOPE_OWN},
    {"sales_agent", "tasks", "read create update delete export", SCOPE_OWN},
    {"sales_agent", "tags", "create", SCOPE_ALL},
    {"sales_agent", PERSONAL, "read create update delete", SCOPE_OWN},
    {"sales_agent", "sessions api_keys import_runs", "read", SCOPE_OWN},
    {"sales_agent", "deals", "read create update delete export", SCOPE_OWN},
    {"sales_agent", "campaigns campaign_members products media", "read", SCOPE_ALL},
    {"sales_agent", "quotes quote_items", "read create update delete", SCOPE_CLIENT},
    {"sales_agent", "invoices invoice_items", "read", SCOPE_CLIENT},
    {"sales_agent", "commissions", "read", SCOPE_OWN},
    {"sales_agent", "expenses trips", "read create update delete", SCOPE_OWN},
    {"sales_agent", PROPERTY, "read", SCOPE_ALL},
    {"sales_agent", "reservations deal_conditions", "create update", SCOPE_ALL},
    {"sales_agent", "calls", "read create update", SCOPE_OWN},
    {"sales_agent", MESSAGES, "read create update", SCOPE_CLIENT},
    {"sales_agent", CALENDAR, "read create update delete", SCOPE_OWN},
    {"sales_agent", INSIGHT " " AI, "read create update delete", SCOPE_OWN},

    {"support_agent", LOOKUPS " locations clients contacts addresses", "read", SCOPE_ALL},
    {"support_agent", "contacts addresses locations", "create update", SCOPE_ALL},
    {"support_agent", "notes files", "read create", SCOPE_ALL},
    {"support_agent", "notes files", "update delete", SCOPE_OWN},
    {"support_agent", "tasks", "read create update delete export", SCOPE_OWN},
    {"support_agent", PERSONAL, "read create update delete", SCOPE_OWN},
    {"support_agent", "sessions api_keys import_runs", "read", SCOPE_OWN},
    {"support_agent", SUPPORT " " DOCUMENTATION " credentials", "read create update export", SCOPE_ALL},
    {"support_agent", "credentials", "reveal", SCOPE_ALL},
    {"support_agent", "tickets ticket_replies ticket_time_entries", "delete", SCOPE_OWN},
    {"support_agent", "products invoices invoice_items deals media", "read", SCOPE_ALL},
    {"support_agent", "expenses trips", "read create update delete", SCOPE_OWN},
    {"support_agent", "calls", "read create update", SCOPE_OWN},
    {"support_agent", MESSAGES, "read create update", SCOPE_ALL},
    {"support_agent", CALENDAR, "read create update delete", SCOPE_OWN},
    {"support_agent", INSIGHT " " AI, "read create update delete", SCOPE_OWN},

    {"technician", LOOKUPS " locations clients contacts addresses", "read", SCOPE_ALL},
    {"technician", "notes files", "read create", SCOPE_ALL},
    {"technician", "notes files", "update delete", SCOPE_OWN},
    {"technician", "tasks", "read create update", SCOPE_OWN},
    {"technician", PERSONAL, "read create update delete", SCOPE_OWN},
    {"technician", "sessions import_runs", "read", SCOPE_OWN},
    {"technician", "tickets projects project_members recurring_tickets vendors media", "read", SCOPE_ALL},
    {"technician", "tickets", "create update", SCOPE_OWN},
    {"technician", "ticket_replies", "read create", SCOPE_ALL},
    {"technician", "ticket_time_entries expenses trips", "read create update delete", SCOPE_OWN},
    {"technician", DOCUMENTATION " credentials", "read create update", SCOPE_ALL},
    {"technician", "credentials", "reveal", SCOPE_ALL},
    {"technician", CALENDAR, "read create update delete", SCOPE_OWN},

    {"accountant", LOOKUPS " locations clients contacts addresses", "read", SCOPE_ALL},
    {"accountant", "clients contacts addresses", "update export", SCOPE_ALL},
    {"accountant", "addresses", "create delete", SCOPE_ALL},
    {"accountant", "notes files", "read create", SCOPE_ALL},
    {"accountant", "notes files", "update delete", SCOPE_OWN},
    {"accountant", "tasks", "read create update delete", SCOPE_OWN},
    {"accountant", PERSONAL, "read create update delete", SCOPE_OWN},
    {"accountant", "sessions api_keys import_runs", "read", SCOPE_OWN},
    {"accountant", BILLING, "read create update delete export approve", SCOPE_ALL},
    {"accountant", "tax_rates", "create update delete", SCOPE_ALL},
    {"accountant", "deals tickets ticket_time_entries projects journeys storage_units storage_bookings licenses services vendors "
     "media",
     "read export", SCOPE_ALL},
    {"accountant", PROPERTY, "read", SCOPE_ALL},
    {"accountant", CALENDAR, "read create update delete", SCOPE_OWN},
    {"accountant", INSIGHT, "read create update delete", SCOPE_OWN},

    {"dispatcher", LOOKUPS " locations", "read", SCOPE_ALL},
    {"dispatcher", "leads clients", "read", SCOPE_LOCATION},
    {"dispatcher", "clients", "update", SCOPE_LOCATION},
    {"dispatcher", "contacts addresses", "read", SCOPE_ALL},
    {"dispatcher", "notes files", "read create", SCOPE_ALL},
    {"dispatcher", "notes files", "update delete", SCOPE_OWN},
    {"dispatcher", "tasks", "read create update delete", SCOPE_ALL},
    {"dispatcher", PERSONAL, "read create update delete", SCOPE_OWN},
    {"dispatcher", "sessions import_runs", "read", SCOPE_OWN},
    {"dispatcher", "journeys", "read create update export", SCOPE_LOCATION},
    {"dispatcher", "journey_steps step_activities journey_crew journey_entries crew_members equipment_maintenance "
     "equipment_assignments",
     "read create update delete", SCOPE_ALL},
    {"dispatcher", "crews equipment", "read create update", SCOPE_LOCATION},
    {"dispatcher", STORE, "read create update", SCOPE_ALL},
    {"dispatcher", "schedules availability", "read create update delete", SCOPE_LOCATION},
    {"dispatcher", "schedule_resources", "read create update delete", SCOPE_ALL},
    {"dispatcher", "calendar_events", "read create update delete", SCOPE_OWN},
    {"dispatcher", "quotes quote_items products media", "read", SCOPE_ALL},
    {"dispatcher", "calls", "read create update", SCOPE_OWN},
    {"dispatcher", MESSAGES, "read create update", SCOPE_ALL},

    {"crew", LOOKUPS, "read", SCOPE_ALL},
    {"crew", "locations", "read", SCOPE_LOCATION},
    {"crew", "tasks", "read update", SCOPE_OWN},
    {"crew", "notes", "read create", SCOPE_OWN},
    {"crew", "sessions import_runs", "read", SCOPE_OWN},
    {"crew", "journeys crews equipment inventory_items", "read", SCOPE_LOCATION},
    {"crew", "journeys", "update", SCOPE_LOCATION},
    {"crew", "journey_steps step_activities journey_entries journey_crew", "read", SCOPE_ALL},
    {"crew", "journey_steps", "update", SCOPE_ALL},
    {"crew", "step_activities journey_entries inventory_transactions equipment_maintenance", "create", SCOPE_ALL},
    {"crew", "schedules availability calendar_events", "read", SCOPE_OWN},
    {"crew", "availability", "create update delete", SCOPE_OWN},
    {"crew", "media", "read", SCOPE_ALL},
    {"crew", "notifications", "read", SCOPE_OWN},

    {"read_only", LOOKUPS, "read", SCOPE_ALL},
    {"read_only", SALES, "read", SCOPE_ALL},
    {"read_only", "saved_views", "read create update delete", SCOPE_OWN},
    {"read_only", "sessions import_runs", "read", SCOPE_OWN},
    {"read_only", CALENDAR " " BILLING " " SUPPORT " " DOCUMENTATION " " PROPERTY " " JOURNEYS " " FLEET " " STORE,
     "read", SCOPE_ALL},
    {"read_only", "calls " MESSAGES " " INSIGHT " media", "read", SCOPE_ALL},

    {NULL, NULL, NULL, SCOPE_NONE},
};

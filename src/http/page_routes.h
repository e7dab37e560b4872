/* page_routes.h - the pages of every entity, derived from the registry. */
#ifndef HTTP_PAGE_ROUTES_H
#define HTTP_PAGE_ROUTES_H

/* Adds the routes of all entities' pages to the main router; once, after registry_init. */
void page_routes(void);

#endif

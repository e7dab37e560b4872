/* export_api.h - GET /api/v1/{entity}/export?format=csv|xlsx|json with the filters, the sort and the words of the list; bom=true
 * begins CSV with a byte order mark. The file is made on a worker and sent when it is whole. */
#ifndef HTTP_EXPORT_API_H
#define HTTP_EXPORT_API_H

#include "http/http.h"

handler_fn api_export;

#endif

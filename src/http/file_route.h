/* file_route.h - uploading and downloading files.
 *
 * POST multipart/form-data with one file and fields of the record (name, description, category, subject_type and subject_id,
 * client_id
 * ...). What comes back is always an attachment, in a sandbox of its own: nobody's upload runs as a page of ours.
 */
#ifndef HTTP_FILE_ROUTE_H
#define HTTP_FILE_ROUTE_H

#include "http/http.h"

/* Of entities that are made by uploading (ENTITY_UPLOAD); RUN_WORKER | UPLOAD. */
void file_route_create(struct request *req, struct response *res); /* POST /api/v1/files, and under a parent */
void file_route_page(struct request *req, struct response *res);   /* POST /files */

#endif

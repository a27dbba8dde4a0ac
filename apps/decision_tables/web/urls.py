from __future__ import annotations

from django.urls import path

from apps.decision_tables.web import actions, designer, files, tables

urlpatterns = [
    path("decisions/", tables.table_list, name="decision-tables"),
    path("decisions/new/", tables.table_new, name="decision-table-new"),
    path("decisions/import/", files.table_import, name="decision-table-import"),
    path("decisions/trash/", tables.table_trash, name="decision-table-trash"),
    path("decisions/examples/<slug:template>/", files.use_example, name="decision-table-example"),
    # A table is named by its id or its name.
    path("decisions/<slug:table>/", designer.designer_page, name="decision-table"),
    path("decisions/<slug:table>/overview/", tables.table_overview, name="decision-table-overview"),
    path("decisions/<slug:table>/settings/", tables.table_settings, name="decision-table-settings"),
    path("decisions/<uuid:table_id>/download/<slug:file_format>/", files.download, name="decision-table-download"),
    path("decisions/<uuid:table_id>/duplicate/", actions.duplicate, name="decision-table-duplicate"),
    path("decisions/<uuid:table_id>/delete/", actions.delete, name="decision-table-delete"),
    path("decisions/<uuid:table_id>/restore/", actions.restore, name="decision-table-restore"),
]

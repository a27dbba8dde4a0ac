from __future__ import annotations

from django.urls import path

from apps.workflows.web import actions, designer, executions, gallery, workflows

urlpatterns = [
    path("workflows/", workflows.workflow_list, name="workflows"),
    path("workflows/new/", actions.create, name="workflow-new"),
    path("workflows/import/", workflows.workflow_import, name="workflow-import"),
    path("workflows/gallery/", gallery.gallery, name="workflow-gallery"),
    path("workflows/gallery/<slug:template_slug>/use/", gallery.use, name="workflow-example-use"),
    path("workflows/trash/", workflows.workflow_trash, name="workflow-trash"),
    path("workflows/<uuid:workflow_id>/", designer.designer_page, name="workflow"),
    path("workflows/<uuid:workflow_id>/overview/", workflows.workflow_page, name="workflow-overview"),
    path("workflows/<uuid:workflow_id>/run/", actions.run, name="workflow-run"),
    path("workflows/<uuid:workflow_id>/dry-run/", actions.dry_run, name="workflow-dry-run"),
    path("workflows/<uuid:workflow_id>/publish/", actions.publish, name="workflow-publish"),
    path("workflows/<uuid:workflow_id>/activate/", actions.activate, name="workflow-activate"),
    path("workflows/<uuid:workflow_id>/deactivate/", actions.deactivate, name="workflow-deactivate"),
    path("workflows/<uuid:workflow_id>/duplicate/", actions.duplicate, name="workflow-duplicate"),
    path("workflows/<uuid:workflow_id>/rename/", actions.rename, name="workflow-rename"),
    path("workflows/<uuid:workflow_id>/delete/", actions.delete, name="workflow-delete"),
    path("workflows/<uuid:workflow_id>/restore/", actions.restore, name="workflow-restore"),
    path("executions/", executions.execution_list, name="executions"),
    path("executions/<uuid:execution_id>/", executions.execution_page, name="execution"),
    path("executions/<uuid:execution_id>/state/", executions.execution_state, name="execution-state"),
    path("executions/<uuid:execution_id>/stop/", executions.stop, name="execution-stop"),
    path("executions/<uuid:execution_id>/retry/", executions.retry, name="execution-retry"),
    path("executions/<uuid:execution_id>/delete/", executions.delete, name="execution-delete"),
]

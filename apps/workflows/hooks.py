"""What this app registers in others: its entries in the navigation, and which workflows use a credential."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from apps.collaboration.public import register_resource
from apps.connections.registry import credential_tests, credential_users
from apps.core.public import metric_sources
from apps.core.web.navigation import NavItem, navigation
from apps.pages.registry import form_owners, passing_forms
from apps.workflows.execution.data_settings import take_data_limits
from apps.workflows.execution.events import hear_events
from apps.workflows.execution.mail_port import try_mail_server
from apps.workflows.execution.measures import queue_figures
from apps.workflows.execution.sql_port import try_database
from apps.workflows.selectors.credential_uses import workflows_using
from apps.workflows.services.collaborating import WORKFLOW, WorkflowResource
from apps.workflows.serving.forms import OWNER_TYPE, WorkflowForms
from apps.workflows.serving.resuming import FORMS, WaitingForms

navigation.register("workflows", NavItem(_("Workflows"), "workflows", icon="workflow", order=10, shortcut="g w"))
navigation.register("executions", NavItem(_("Executions"), "executions", icon="activity", order=20, shortcut="g e"))
navigation.register("approvals", NavItem(_("Approvals"), "approvals", icon="inbox", order=30, shortcut="g a"))
credential_users.register("workflows", workflows_using)
form_owners.register(OWNER_TYPE, WorkflowForms())
passing_forms.register(FORMS, WaitingForms())
metric_sources.register("queue", queue_figures)
credential_tests.register("smtp", try_mail_server)
credential_tests.register("postgres", partial(try_database, "postgres"))
credential_tests.register("mysql", partial(try_database, "mysql"))
register_resource(WORKFLOW, WorkflowResource())
hear_events()
take_data_limits()

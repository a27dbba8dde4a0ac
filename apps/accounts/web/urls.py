from __future__ import annotations

from django.urls import path

from apps.accounts.web import audit, members, organizations, profile, teams, tokens

urlpatterns = [
    path("settings/profile/", profile.profile, name="profile"),
    path("settings/organization/", organizations.organization_settings, name="organization"),
    path("settings/members/", members.members, name="members"),
    path("settings/members/<uuid:membership_id>/", members.member, name="member"),
    path("settings/members/<uuid:membership_id>/remove/", members.member_remove, name="member-remove"),
    path("settings/members/restore/<str:ticket>/", members.member_restore, name="member-restore"),
    path("settings/teams/", teams.teams, name="teams"),
    path("settings/teams/<uuid:team_id>/", teams.team, name="team"),
    path("settings/teams/<uuid:team_id>/delete/", teams.team_delete, name="team-delete"),
    path("settings/teams/<uuid:team_id>/add/", teams.team_add, name="team-add"),
    path("settings/teams/<uuid:team_id>/remove/<uuid:membership_id>/", teams.team_remove, name="team-remove"),
    path("settings/teams/<uuid:team_id>/restore/<uuid:membership_id>/", teams.team_restore, name="team-restore"),
    path("settings/tokens/", tokens.tokens, name="tokens"),
    path("settings/tokens/<uuid:token_id>/revoke/", tokens.token_revoke, name="token-revoke"),
    path("settings/audit/", audit.audit_log, name="audit"),
    path("organizations/new/", organizations.organization_new, name="organization-new"),
    path("organizations/switch/", organizations.organization_switch, name="organization-switch"),
]

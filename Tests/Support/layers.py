#!/usr/bin/env python3
"""Folders of Sources/App know those below them and never those above: fails with each type that is used upwards.

A type belongs to the folder that declares it. ID<Type> names a table and binds nobody. A new folder is added to LAYERS, its tables to TABLES, so that
no statement below it reads them."""
import collections
import pathlib
import re
import sys

# From the ground up; folders of one line may know each other.
LAYERS = [
    ["Configuration", "Core", "Jobs", "Parts", "Records", "Vault"],
    ["Channels"],
    ["Model", "Vectors"],
    ["Phones"],
    ["Agents", "Push"],
    ["Contacts"],
    ["Profiles"],
    ["Accounts"],
    ["APIKeys"],
    ["Team"],
    ["Sources"],
    ["DeskChannels"],
    ["Notices"],
    ["Messages"],
    ["SavedReplies"],
    ["Drafts"],
    ["Conversations"],
    ["Customers"],
    ["Intake"],
    ["Learning"],
    ["Monitor"],
    ["Repeats"],
    ["Goals", "Habits", "Coach", "Review", "Links", "Plan", "Planner", "Problems", "Tasks", "Ties"],
    ["PlannerFiles"],
    ["Escalations"],
    ["Reminders"],
    ["Deadlines"],
    ["Assumptions", "People", "Places", "Events", "Merging"],
    ["CalendarPages"],
    ["ContextFiles"],
    ["Feeds"],
    ["Connections"],
    ["Inbox"],
    ["Memory"],
    ["DeskReminders"],
    ["Offers"],
    ["Late"],
    ["Deliveries"],
    ["Pull"],
    ["Timeline"],
    ["SMS"],
    ["Search"],
    ["PersonData", "Today", "Trash"],
    ["Assistant", "Proposals"],
    ["Seed"],
]
# The table of routes and the navigation know every page.
DOORS = {"Core/AssistantRoutes.swift", "Core/DeskRoutes.swift", "Core/PlannerRoutes.swift", "Core/ContextRoutes.swift", "Core/ProgramRoutes.swift", "Core/Site.swift"}
# Tables that are the business of one folder and of those above it. People, sessions and the outbox are everybody's.
TABLES = {
    "Phones": ["phones", "phone_codes", "phone_stops"],
    "Agents": ["agents", "muted_addresses"],
    "Push": ["push_closings", "push_devices"],
    "Model": ["model_account_days", "model_days", "model_servers", "prompt_runs", "prompt_texts"],
    "Vectors": ["embedding_jobs", "embedding_rounds", "embedding_servers", "embedding_sets", "embeddings", "query_vectors"],
    "Contacts": ["contacts", "contact_mails", "contact_stops"],
    "Profiles": ["profiles"],
    "Accounts": ["account_mails"],
    "APIKeys": ["api_keys"],
    "Team": ["invitations"],
    "Coach": ["coach_messages", "coach_rounds", "chats", "chat_messages"],
    "Sources": ["golden_questions", "golden_runs", "passages", "sources"],
    "DeskChannels": ["channels", "channel_failures", "channel_states", "channel_tests", "desk_settings", "rotas"],
    "Intake": ["draft_floods", "mailbox_looks", "quarantine"],
    "Escalations": ["escalations", "escalation_events", "escalation_timeline", "occurrences"],
    "Goals": ["goals", "goal_subtasks", "habit_goals"],
    "Habits": ["habits", "habit_days", "habit_frequencies", "habit_import_rows", "habit_imports", "habit_lines", "habit_pauses", "habit_sources",
               "habit_years"],
    "Links": ["entity_links"],
    "Memory": ["memory_rounds", "memory_summaries"],
    "Plan": ["recent_context_items"],
    "Planner": ["deletions", "entity_sources", "undos"],
    "PlannerFiles": ["planner_import_rows", "planner_imports", "task_sources"],
    "Problems": ["problems"],
    "Tasks": ["tags", "task_batches", "task_completions", "task_counts", "task_repeats", "tasks"],
    "Assumptions": ["assumption_evidence", "assumption_rounds", "assumptions"],
    "People": ["person_addresses", "contact_log", "contact_rounds"],
    "Merging": ["merges"],
    "Events": ["event_overrides", "event_instances", "event_guests"],
    "Feeds": ["feeds"],
    "Connections": ["connections"],
    "Ties": ["entity_relationships"],
    "ContextFiles": ["context_import_rows", "context_imports", "feed_doubts"],
    "Inbox": ["chat_sessions", "inbox_counts", "inbox_items"],
    "Deadlines": ["deadline_extensions"],
    "Offers": ["reminder_offers"],
    "Proposals": ["proposals"],
    "Reminders": ["completion_criteria", "reminder_counts", "reminder_import_rows", "reminder_imports", "reminder_sources", "reminder_texts", "schedules", "snoozes"],
}

root = pathlib.Path(__file__).resolve().parents[2] / "Sources/App"
texts = {str(file.relative_to(root)): file.read_text() for file in sorted(root.rglob("*.swift"))}
level = {folder: number for number, folders in enumerate(LAYERS) for folder in folders}
declared = re.compile(r"^(?:public |final |indirect )*(?:struct|class|enum|protocol|typealias) (\w+)", re.M)
home = {name: file for file, text in texts.items() for name in declared.findall(text)}


def code(text):
    """Without comments, ids, and words for people; what is put into words is code."""
    text = re.sub(r"//.*", "", text)
    text = re.sub(r'"((?:\\.|[^"\\])*)"', lambda words: " ".join(re.findall(r"\\\(([^)]*)", words[1])), text)
    return re.sub(r"\bID<\w+>", "", text)


found = 0
for file, text in texts.items():
    folder = file.split("/")[0]
    if folder not in level:
        print(f"Sources/App/{folder} has no place in {pathlib.Path(__file__).name}")
        found = 1
        continue
    if file in DOORS:
        continue
    for above, tables in TABLES.items():
        for table in tables:
            if level[above] > level[folder] and re.search(rf"\b(FROM|JOIN|INTO|UPDATE|into:) \"?{table}\b", re.sub(r"//.*", "", text)):
                print(f"Sources/App/{file} asks the table {table}, which belongs to {above}")
                found = 1
    for name in sorted(set(re.findall(r"\b[A-Z]\w+\b", code(text)))):
        above = home.get(name, file).split("/")[0]
        if level.get(above, 0) <= level[folder]:
            continue
        print(f"Sources/App/{file} uses {name}, which stands above it in {home[name]}")
        found = 1
sys.exit(found)

"""A small Standard Safeguarding Dataset, written from its specification: there are no public sample rows."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

Rows = Sequence[Mapping[str, str]]


def rows(headings: str, *lines: str) -> list[dict[str, str]]:
    """Rows from lines of cells divided by bars."""
    names = headings.split()
    return [dict(zip(names, (cell.strip() for cell in line.split("|")), strict=True)) for line in lines]


TABLES: dict[str, list[dict[str, str]]] = {
    "ssd_person": rows(
        "pers_person_id pers_forename pers_surname pers_dob pers_expected_dob pers_upn_unknown",
        "1001 | ZZFORENAME | ZZSURNAME | 2010-05-01 00:00:00.000 | 1900-01-01 | UN1",
        "1002 | ZZFORENAME | ZZSURNAME | 2008-02-03 | PLACEHOLDER_DATA |",
    ),
    "ssd_family": rows("fami_table_id fami_family_id fami_person_id", "f1 | F77 | 1001"),
    "ssd_disability": rows("disa_table_id disa_person_id disa_disability_code", "d1 | 1001 | AUT", "d2 | 1002 | NONE"),
    "ssd_involvements": rows(
        "invo_involvements_id invo_professional_id invo_professional_team invo_involvement_start_date "
        "invo_involvement_end_date invo_person_id",
        "i1 | W1 | North | 2018-01-01 | 2018-05-01 | 1001",
        "i2 | W2 | South | 2018-05-01 | | 1001",
        "i3 | W3 | East | 2019-01-01 | 9999-12-31 | 1001",
    ),
    "ssd_contacts": rows(
        "cont_contact_id cont_person_id cont_contact_date cont_contact_source_code cont_contact_source_desc",
        "k1 | 1001 | 2019-01-09 | 6 | Police",
    ),
    "ssd_cin_episodes": rows(
        "cine_referral_id cine_person_id cine_referral_date cine_referral_source_code cine_referral_source_desc "
        "cine_referral_nfa cine_close_date",
        "r1 | 1001 | 2019-01-10 | 3A | GP | N |",
    ),
    "ssd_cin_assessments": rows(
        "cina_assessment_id cina_person_id cina_referral_id cina_assessment_start_date cina_assessment_auth_date "
        "cina_assessment_child_seen",
        "a1 | 1001 | r1 | 2019-01-11 | 2019-02-11 | Y",
        "a2 | 1001 | r1 | 2019-03-11 | | N",
    ),
    "ssd_assessment_factors": rows(
        "cinf_table_id cinf_assessment_id cinf_assessment_factors_json",
        'x1 | a1 | ["16A", "1A"]',
        'x2 | a2 | {"3A": "Yes", "4B": "No"}',
        'x3 | a9 | ["1A"]',
    ),
    "ssd_cin_plans": rows(
        "cinp_cin_plan_id cinp_referral_id cinp_person_id cinp_cin_plan_start_date cinp_cin_plan_end_date",
        "n1 | r1 | 1001 | 2019-02-12 | 2019-03-01",
    ),
    "ssd_cin_visits": rows(
        "cinv_cin_visit_id cinv_cin_plan_id cinv_cin_visit_date cinv_cin_visit_seen cinv_cin_visit_seen_alone "
        "cinv_cin_visit_bedroom",
        "v1 | n1 | 2019-02-20 | Y | N | Y",
    ),
    "ssd_s47_enquiry": rows(
        "s47e_s47_enquiry_id s47e_person_id s47e_s47_start_date s47e_s47_end_date s47e_s47_outcome_json",
        's1 | 1001 | 2019-03-01 | 2019-03-05 | {"CP_CONFERENCE_FLAG": "Y", "NFA_FLAG": "N"}',
    ),
    "ssd_initial_cp_conference": rows(
        "icpc_icpc_id icpc_s47_enquiry_id icpc_person_id icpc_icpc_transfer_in icpc_icpc_date "
        "icpc_icpc_outcome_cp_flag",
        "c1 | s1 | 1001 | N | 2019-03-15 | Y",
    ),
    "ssd_cp_plans": rows(
        "cppl_cp_plan_id cppl_person_id cppl_cp_plan_start_date cppl_cp_plan_end_date", "p1 | 1001 | 2019-03-15 |"
    ),
    "ssd_cp_visits": rows(
        "cppv_cp_visit_id cppv_cp_plan_id cppv_cp_visit_date cppv_cp_visit_seen cppv_cp_visit_seen_alone",
        "v2 | p1 | 2019-03-20 | Y | Y",
    ),
    "ssd_cp_reviews": rows(
        "cppr_cp_review_id cppr_person_id cppr_cp_plan_id cppr_cp_review_due cppr_cp_review_date "
        "cppr_cp_review_quorate",
        "w1 | 1001 | p1 | 2019-06-14 | 2019-06-10 | Y",
    ),
    "ssd_cla_episodes": rows(
        "clae_cla_episode_id clae_person_id clae_cla_episode_start_date clae_cla_episode_start_reason "
        "clae_cla_episode_ceased_date clae_cla_episode_ceased_reason clae_cla_id clae_cla_placement_id",
        "e1 | 1002 | 2018-01-01 | S | 2018-06-01 | X1 | cla1 | pl1",
        "e2 | 1002 | 2018-06-01 | L - Change of legal status | | | cla1 | pl1",
    ),
    "ssd_cla_placement": rows(
        "clap_cla_placement_id clap_cla_id clap_cla_placement_start_date clap_cla_placement_end_date "
        "clap_cla_placement_type clap_cla_placement_postcode",
        "pl1 | cla1 | 2018-01-01 | | U4 | ZZ1 1ZZ",
    ),
    "ssd_legal_status": rows(
        "lega_legal_status_id lega_person_id lega_legal_status lega_legal_status_start_date lega_legal_status_end_date",
        "l1 | 1002 | V2 | 2018-01-01 | 2018-06-01",
        "l2 | 1002 | C2 - Full care order | 2018-06-01 |",
        "l3 | 1002 | Private fostering | 2017-01-01 |",
    ),
    "ssd_cla_reviews": rows(
        "clar_cla_review_id clar_cla_id clar_cla_review_due_date clar_cla_review_date clar_cla_review_cancelled "
        "clar_cla_review_participation",
        "y1 | cla1 | 2018-01-20 | 2018-01-19 | N | PN1",
        "y2 | cla1 | 2018-04-20 | 2018-04-19 | Y |",
        "y3 | cla9 | 2018-04-20 | 2018-04-19 | N |",
    ),
    "ssd_cla_visits": rows(
        "clav_cla_visit_id clav_cla_id clav_person_id clav_cla_visit_date clav_cla_visit_seen "
        "clav_cla_visit_seen_alone",
        "v3 | cla1 | 1002 | 2018-02-01 | Y | Y",
    ),
    "ssd_sdq_scores": rows(
        "csdq_table_id csdq_person_id csdq_sdq_completed_date csdq_sdq_reason csdq_sdq_score",
        "q1 | 1002 | 1900-01-01 | PLACEHOLDER_DATA | 17 (high)",
        "q2 | 1002 | 2018-03-01 | | 12",
        "q3 | 1002 | 2018-04-01 | SDQ2 |",
    ),
    "ssd_cla_health": rows(
        "clah_health_check_id clah_person_id clah_health_check_type clah_health_check_date clah_health_check_status",
        "h1 | 1002 | Initial Health Assessment | 2018-01-15 | Completed",
        "h2 | 1002 | Dental Check | 2018-02-15 | Refused",
        "h3 | 1002 | Health Assessment | 2018-07-15 | Planned",
    ),
    "ssd_cla_immunisations": rows(
        "clai_person_id clai_immunisations_status clai_immunisations_status_date", "1002 | N | 2018-02-01"
    ),
    "ssd_cla_care_plan": rows(
        "lacp_table_id lacp_person_id lacp_cla_care_plan_start_date lacp_cla_care_plan_end_date "
        "lacp_cla_care_plan_json",
        'cp1 | 1002 | 2018-02-01 | | {"RETURN1M": "N", "ADOPTION": "Y", "LTFOST18": "Y"}',
    ),
    "ssd_missing": rows(
        "miss_table_id miss_person_id miss_missing_episode_start_date miss_missing_episode_end_date",
        "m1 | 1002 | 2018-08-01 | 2018-08-02",
    ),
    "ssd_permanence": rows(
        "perm_table_id perm_person_id perm_adm_decision_date perm_placement_order_date perm_matched_date "
        "perm_placed_for_adoption_date perm_permanence_order_date perm_permanence_order_type",
        "t1 | 1002 | 2018-09-01 | 2018-10-01 | 2018-11-01 | 2018-12-01 | 2019-06-01 | Adoption",
    ),
    "ssd_address": rows("addr_table_id addr_person_id addr_address_postcode", "z1 | 1001 | ZZ1 1ZZ"),
}


def write_csv(folder: Path, tables: Mapping[str, Rows] = TABLES) -> Path:
    """One CSV file a table."""
    folder.mkdir(exist_ok=True)
    for name, of_table in tables.items():
        (folder / f"{name}.csv").write_text(csv_text(of_table), encoding="utf-8")
    return folder


def csv_text(of_table: Rows) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(of_table[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(of_table)
    return text.getvalue()


def write_parquet(folder: Path, tables: Mapping[str, Rows] = TABLES) -> Path:
    """One Parquet file a table, with the persons' ids as whole numbers, as some systems have them."""
    folder.mkdir(exist_ok=True)
    for name, of_table in tables.items():
        frame = pl.DataFrame(list(of_table)).with_columns(pl.when(pl.all() != "").then(pl.all()))
        ids = [column for column in frame.columns if column.endswith("_person_id")]
        frame.with_columns(pl.col(column).cast(pl.Int64) for column in ids).write_parquet(folder / f"{name}.parquet")
    return folder

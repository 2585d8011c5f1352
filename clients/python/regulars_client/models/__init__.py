"""Contains all the data models used in inputs/outputs"""

from .add_import_file_files_body import AddImportFileFilesBody
from .add_import_file_response_200 import AddImportFileResponse200
from .add_import_file_response_200_counts import AddImportFileResponse200Counts
from .add_import_file_response_200_files_item import AddImportFileResponse200FilesItem
from .add_import_file_response_200_totals_item import AddImportFileResponse200TotalsItem
from .add_points import AddPoints
from .add_points_body import AddPointsBody
from .add_points_type import AddPointsType
from .appointment import Appointment
from .appointment_body import AppointmentBody
from .appointment_body_channel import AppointmentBodyChannel
from .appointment_body_status import AppointmentBodyStatus
from .appointment_channel import AppointmentChannel
from .appointment_status import AppointmentStatus
from .appointment_type import AppointmentType
from .approve import Approve
from .approve_body import ApproveBody
from .approve_type import ApproveType
from .attempt import Attempt
from .attempt_outcome import AttemptOutcome
from .cancel_enrollment import CancelEnrollment
from .cancel_enrollment_body import CancelEnrollmentBody
from .cancel_enrollment_type import CancelEnrollmentType
from .cancel_import_response_200 import CancelImportResponse200
from .cancel_import_response_200_counts import CancelImportResponse200Counts
from .cancel_import_response_200_files_item import CancelImportResponse200FilesItem
from .cancel_import_response_200_totals_item import CancelImportResponse200TotalsItem
from .capture_hold import CaptureHold
from .capture_hold_body import CaptureHoldBody
from .capture_hold_type import CaptureHoldType
from .center import Center
from .center_body import CenterBody
from .center_type import CenterType
from .change_webhook_body import ChangeWebhookBody
from .change_webhook_body_types_item import ChangeWebhookBodyTypesItem
from .create_import_files_body import CreateImportFilesBody
from .create_import_response_201 import CreateImportResponse201
from .create_import_response_201_counts import CreateImportResponse201Counts
from .create_import_response_201_files_item import CreateImportResponse201FilesItem
from .create_import_response_201_totals_item import CreateImportResponse201TotalsItem
from .create_webhook_body import CreateWebhookBody
from .create_webhook_body_types_item import CreateWebhookBodyTypesItem
from .create_webhook_response_200 import CreateWebhookResponse200
from .credit_entry import CreditEntry
from .credit_entry_rewards_item import CreditEntryRewardsItem
from .delete_mapping_response_200 import DeleteMappingResponse200
from .diff_program_version_response_200 import DiffProgramVersionResponse200
from .diff_program_version_response_200_items_item import (
    DiffProgramVersionResponse200ItemsItem,
)
from .done import Done
from .edit_reward import EditReward
from .edit_reward_body import EditRewardBody
from .edit_reward_type import EditRewardType
from .endpoint import Endpoint
from .endpoint_state import EndpointState
from .endpoint_types_item import EndpointTypesItem
from .enroll import Enroll
from .enroll_body import EnrollBody
from .enroll_body_tier import EnrollBodyTier
from .enroll_tier import EnrollTier
from .enroll_type import EnrollType
from .event import Event
from .event_data import EventData
from .event_type import EventType
from .extend_expiry import ExtendExpiry
from .extend_expiry_body import ExtendExpiryBody
from .extend_expiry_type import ExtendExpiryType
from .feedback import Feedback
from .feedback_body import FeedbackBody
from .feedback_body_channel import FeedbackBodyChannel
from .feedback_channel import FeedbackChannel
from .feedback_type import FeedbackType
from .get_appointment_response_200 import GetAppointmentResponse200
from .get_center_response_200 import GetCenterResponse200
from .get_feedback_response_200 import GetFeedbackResponse200
from .get_feedback_response_200_published_item import (
    GetFeedbackResponse200PublishedItem,
)
from .get_guest_response_200 import GetGuestResponse200
from .get_guest_response_200_signup_type_0 import GetGuestResponse200SignupType0
from .get_import_response_200 import GetImportResponse200
from .get_import_response_200_counts import GetImportResponse200Counts
from .get_import_response_200_files_item import GetImportResponse200FilesItem
from .get_import_response_200_totals_item import GetImportResponse200TotalsItem
from .get_invoice_response_200 import GetInvoiceResponse200
from .get_invoice_response_200_lines_item import GetInvoiceResponse200LinesItem
from .get_invoice_response_200_payments_item import GetInvoiceResponse200PaymentsItem
from .get_invoice_response_200_refunds_item import GetInvoiceResponse200RefundsItem
from .get_item_response_200 import GetItemResponse200
from .get_organization_response_200 import GetOrganizationResponse200
from .get_program_response_200 import GetProgramResponse200
from .get_program_response_200_program import GetProgramResponse200Program
from .get_program_version_response_200 import GetProgramVersionResponse200
from .get_program_version_response_200_program import (
    GetProgramVersionResponse200Program,
)
from .get_report_response_200 import GetReportResponse200
from .get_report_response_200_columns_item import GetReportResponse200ColumnsItem
from .get_report_response_200_figures import GetReportResponse200Figures
from .get_report_response_200_parameters import GetReportResponse200Parameters
from .get_report_response_200_rows_item import GetReportResponse200RowsItem
from .get_report_response_200_tables_item import GetReportResponse200TablesItem
from .get_report_response_200_totals import GetReportResponse200Totals
from .get_reward_response_200 import GetRewardResponse200
from .get_reward_response_200_status import GetRewardResponse200Status
from .get_run_response_200 import GetRunResponse200
from .get_run_response_200_tally_item import GetRunResponse200TallyItem
from .get_status_response_200 import GetStatusResponse200
from .guest import Guest
from .guest_body import GuestBody
from .guest_numbers import GuestNumbers
from .guest_numbers_rewards_item import GuestNumbersRewardsItem
from .guest_state import GuestState
from .guest_state_entries_item import GuestStateEntriesItem
from .guest_state_lots_item import GuestStateLotsItem
from .guest_state_qualifying_sales import GuestStateQualifyingSales
from .guest_state_rewards_item import GuestStateRewardsItem
from .guest_state_rewards_item_status import GuestStateRewardsItemStatus
from .guest_type import GuestType
from .hold import Hold
from .hold_of_appointments_body import HoldOfAppointmentsBody
from .hold_of_invoices_body import HoldOfInvoicesBody
from .hold_type import HoldType
from .invoice import Invoice
from .invoice_body import InvoiceBody
from .invoice_body_status import InvoiceBodyStatus
from .invoice_numbers import InvoiceNumbers
from .invoice_numbers_points_earned import InvoiceNumbersPointsEarned
from .invoice_numbers_status import InvoiceNumbersStatus
from .invoice_state import InvoiceState
from .invoice_state_points_earned import InvoiceStatePointsEarned
from .invoice_state_points_pending import InvoiceStatePointsPending
from .invoice_state_status import InvoiceStateStatus
from .invoice_status import InvoiceStatus
from .invoice_type import InvoiceType
from .issue_reward import IssueReward
from .issue_reward_body import IssueRewardBody
from .issue_reward_type import IssueRewardType
from .item import Item
from .item_body import ItemBody
from .item_body_kind import ItemBodyKind
from .item_kind import ItemKind
from .item_type import ItemType
from .list_appointments_response_200 import ListAppointmentsResponse200
from .list_appointments_response_200_items_item import (
    ListAppointmentsResponse200ItemsItem,
)
from .list_audit_response_200 import ListAuditResponse200
from .list_audit_response_200_items_item import ListAuditResponse200ItemsItem
from .list_audit_response_200_items_item_says import ListAuditResponse200ItemsItemSays
from .list_audit_response_200_items_item_status import (
    ListAuditResponse200ItemsItemStatus,
)
from .list_centers_response_200 import ListCentersResponse200
from .list_centers_response_200_items_item import ListCentersResponse200ItemsItem
from .list_deliveries_response_200 import ListDeliveriesResponse200
from .list_entries_of_guest_response_200 import ListEntriesOfGuestResponse200
from .list_entries_of_guest_response_200_items_item import (
    ListEntriesOfGuestResponse200ItemsItem,
)
from .list_entries_of_guest_response_200_items_item_draws_item import (
    ListEntriesOfGuestResponse200ItemsItemDrawsItem,
)
from .list_entries_of_guest_response_200_items_item_lots_item import (
    ListEntriesOfGuestResponse200ItemsItemLotsItem,
)
from .list_entries_of_guest_response_200_items_item_lots_item_unit import (
    ListEntriesOfGuestResponse200ItemsItemLotsItemUnit,
)
from .list_entries_of_guest_response_200_items_item_unit import (
    ListEntriesOfGuestResponse200ItemsItemUnit,
)
from .list_entries_response_200 import ListEntriesResponse200
from .list_entries_response_200_items_item import ListEntriesResponse200ItemsItem
from .list_entries_response_200_items_item_draws_item import (
    ListEntriesResponse200ItemsItemDrawsItem,
)
from .list_entries_response_200_items_item_lots_item import (
    ListEntriesResponse200ItemsItemLotsItem,
)
from .list_entries_response_200_items_item_lots_item_unit import (
    ListEntriesResponse200ItemsItemLotsItemUnit,
)
from .list_entries_response_200_items_item_unit import (
    ListEntriesResponse200ItemsItemUnit,
)
from .list_events_response_200 import ListEventsResponse200
from .list_feedback_response_200 import ListFeedbackResponse200
from .list_feedback_response_200_items_item import ListFeedbackResponse200ItemsItem
from .list_feedback_response_200_items_item_published_item import (
    ListFeedbackResponse200ItemsItemPublishedItem,
)
from .list_guests_response_200 import ListGuestsResponse200
from .list_guests_response_200_items_item import ListGuestsResponse200ItemsItem
from .list_guests_response_200_items_item_found_by import (
    ListGuestsResponse200ItemsItemFoundBy,
)
from .list_guests_response_200_items_item_signup_type_0 import (
    ListGuestsResponse200ItemsItemSignupType0,
)
from .list_import_rows_response_200 import ListImportRowsResponse200
from .list_import_rows_response_200_items_item import ListImportRowsResponse200ItemsItem
from .list_imports_response_200 import ListImportsResponse200
from .list_imports_response_200_items_item import ListImportsResponse200ItemsItem
from .list_imports_response_200_items_item_counts import (
    ListImportsResponse200ItemsItemCounts,
)
from .list_imports_response_200_items_item_files_item import (
    ListImportsResponse200ItemsItemFilesItem,
)
from .list_imports_response_200_items_item_totals_item import (
    ListImportsResponse200ItemsItemTotalsItem,
)
from .list_invoices_response_200 import ListInvoicesResponse200
from .list_invoices_response_200_items_item import ListInvoicesResponse200ItemsItem
from .list_invoices_response_200_items_item_lines_item import (
    ListInvoicesResponse200ItemsItemLinesItem,
)
from .list_invoices_response_200_items_item_payments_item import (
    ListInvoicesResponse200ItemsItemPaymentsItem,
)
from .list_invoices_response_200_items_item_refunds_item import (
    ListInvoicesResponse200ItemsItemRefundsItem,
)
from .list_items_response_200 import ListItemsResponse200
from .list_items_response_200_items_item import ListItemsResponse200ItemsItem
from .list_lots_of_guest_response_200 import ListLotsOfGuestResponse200
from .list_lots_of_guest_response_200_items_item import (
    ListLotsOfGuestResponse200ItemsItem,
)
from .list_lots_of_guest_response_200_items_item_unit import (
    ListLotsOfGuestResponse200ItemsItemUnit,
)
from .list_mappings_response_200 import ListMappingsResponse200
from .list_mappings_response_200_items_item import ListMappingsResponse200ItemsItem
from .list_programs_response_200 import ListProgramsResponse200
from .list_programs_response_200_items_item import ListProgramsResponse200ItemsItem
from .list_programs_response_200_items_item_program import (
    ListProgramsResponse200ItemsItemProgram,
)
from .list_reports_response_200 import ListReportsResponse200
from .list_reports_response_200_items_item import ListReportsResponse200ItemsItem
from .list_reports_response_200_items_item_parameters import (
    ListReportsResponse200ItemsItemParameters,
)
from .list_rewards_response_200 import ListRewardsResponse200
from .list_rewards_response_200_items_item import ListRewardsResponse200ItemsItem
from .list_rewards_response_200_items_item_status import (
    ListRewardsResponse200ItemsItemStatus,
)
from .list_rewards_status_type_0 import ListRewardsStatusType0
from .list_runs_response_200 import ListRunsResponse200
from .list_runs_response_200_items_item import ListRunsResponse200ItemsItem
from .list_runs_response_200_items_item_tally_item import (
    ListRunsResponse200ItemsItemTallyItem,
)
from .list_statuses_response_200 import ListStatusesResponse200
from .list_statuses_response_200_items_item import ListStatusesResponse200ItemsItem
from .list_webhooks_response_200 import ListWebhooksResponse200
from .merge_guests import MergeGuests
from .merge_guests_type import MergeGuestsType
from .move_sandbox_clock_body import MoveSandboxClockBody
from .move_sandbox_clock_response_200 import MoveSandboxClockResponse200
from .opening_balance import OpeningBalance
from .opening_balance_type import OpeningBalanceType
from .organization import Organization
from .organization_type import OrganizationType
from .points_entry import PointsEntry
from .preview import Preview
from .preview_after import PreviewAfter
from .preview_before import PreviewBefore
from .preview_cancel_enrollment_body import PreviewCancelEnrollmentBody
from .preview_capture_hold_body import PreviewCaptureHoldBody
from .preview_entries_item import PreviewEntriesItem
from .preview_hold_of_appointments_body import PreviewHoldOfAppointmentsBody
from .preview_hold_of_invoices_body import PreviewHoldOfInvoicesBody
from .preview_lots_item import PreviewLotsItem
from .preview_redeem_points_body import PreviewRedeemPointsBody
from .preview_redeem_reward_body import PreviewRedeemRewardBody
from .preview_remove_points_body import PreviewRemovePointsBody
from .problem import Problem
from .problem_numbers import ProblemNumbers
from .process_rewards import ProcessRewards
from .process_rewards_type import ProcessRewardsType
from .program import Program
from .program_type import ProgramType
from .put_mapping_body import PutMappingBody
from .put_mapping_response_200 import PutMappingResponse200
from .put_program_version_body import PutProgramVersionBody
from .quote import Quote
from .quote_body import QuoteBody
from .quote_body_status import QuoteBodyStatus
from .quote_earns_item import QuoteEarnsItem
from .quote_redeemable import QuoteRedeemable
from .quote_refusals_item import QuoteRefusalsItem
from .quote_rewards_item import QuoteRewardsItem
from .redeem_points import RedeemPoints
from .redeem_points_body import RedeemPointsBody
from .redeem_points_type import RedeemPointsType
from .redeem_reward import RedeemReward
from .redeem_reward_body import RedeemRewardBody
from .redeem_reward_type import RedeemRewardType
from .refund_preview import RefundPreview
from .refund_preview_after import RefundPreviewAfter
from .refund_preview_before import RefundPreviewBefore
from .refund_preview_entries_item import RefundPreviewEntriesItem
from .refund_preview_lots_item import RefundPreviewLotsItem
from .reject import Reject
from .reject_body import RejectBody
from .reject_type import RejectType
from .release_hold import ReleaseHold
from .release_hold_body import ReleaseHoldBody
from .release_hold_type import ReleaseHoldType
from .remove_points import RemovePoints
from .remove_points_body import RemovePointsBody
from .remove_points_type import RemovePointsType
from .remove_webhook_response_200 import RemoveWebhookResponse200
from .replay_webhook_body import ReplayWebhookBody
from .reset_sandbox_body import ResetSandboxBody
from .reset_sandbox_response_200 import ResetSandboxResponse200
from .result import Result
from .result_detail import ResultDetail
from .result_status import ResultStatus
from .result_warnings_item import ResultWarningsItem
from .rotate_webhook_secret_body import RotateWebhookSecretBody
from .rotate_webhook_secret_response_200 import RotateWebhookSecretResponse200
from .sent_line import SentLine
from .sent_line_kind_type_0 import SentLineKindType0
from .sent_payment import SentPayment
from .sent_payment_tender import SentPaymentTender
from .sent_publication import SentPublication
from .sent_publication_to import SentPublicationTo
from .sent_refund import SentRefund
from .sent_signup import SentSignup
from .sent_signup_channel import SentSignupChannel
from .set_import_mapping_body import SetImportMappingBody
from .set_import_mapping_response_200 import SetImportMappingResponse200
from .set_import_mapping_response_200_counts import SetImportMappingResponse200Counts
from .set_import_mapping_response_200_files_item import (
    SetImportMappingResponse200FilesItem,
)
from .set_import_mapping_response_200_totals_item import (
    SetImportMappingResponse200TotalsItem,
)
from .set_opt_in import SetOptIn
from .set_opt_in_body import SetOptInBody
from .set_opt_in_type import SetOptInType
from .start_import_body import StartImportBody
from .start_import_response_202 import StartImportResponse202
from .start_import_response_202_counts import StartImportResponse202Counts
from .start_import_response_202_files_item import StartImportResponse202FilesItem
from .start_import_response_202_totals_item import StartImportResponse202TotalsItem
from .status import Status
from .status_body import StatusBody
from .status_type import StatusType
from .test_webhook_response_200 import TestWebhookResponse200
from .undo_merge import UndoMerge
from .undo_merge_type import UndoMergeType
from .undo_process_rewards import UndoProcessRewards
from .undo_process_rewards_type import UndoProcessRewardsType
from .undo_redeem_points import UndoRedeemPoints
from .undo_redeem_points_body import UndoRedeemPointsBody
from .undo_redeem_points_type import UndoRedeemPointsType
from .undo_redeem_reward import UndoRedeemReward
from .undo_redeem_reward_body import UndoRedeemRewardBody
from .undo_redeem_reward_type import UndoRedeemRewardType
from .void_reward import VoidReward
from .void_reward_body import VoidRewardBody
from .void_reward_type import VoidRewardType

__all__ = (
    "AddImportFileFilesBody",
    "AddImportFileResponse200",
    "AddImportFileResponse200Counts",
    "AddImportFileResponse200FilesItem",
    "AddImportFileResponse200TotalsItem",
    "AddPoints",
    "AddPointsBody",
    "AddPointsType",
    "Appointment",
    "AppointmentBody",
    "AppointmentBodyChannel",
    "AppointmentBodyStatus",
    "AppointmentChannel",
    "AppointmentStatus",
    "AppointmentType",
    "Approve",
    "ApproveBody",
    "ApproveType",
    "Attempt",
    "AttemptOutcome",
    "CancelEnrollment",
    "CancelEnrollmentBody",
    "CancelEnrollmentType",
    "CancelImportResponse200",
    "CancelImportResponse200Counts",
    "CancelImportResponse200FilesItem",
    "CancelImportResponse200TotalsItem",
    "CaptureHold",
    "CaptureHoldBody",
    "CaptureHoldType",
    "Center",
    "CenterBody",
    "CenterType",
    "ChangeWebhookBody",
    "ChangeWebhookBodyTypesItem",
    "CreateImportFilesBody",
    "CreateImportResponse201",
    "CreateImportResponse201Counts",
    "CreateImportResponse201FilesItem",
    "CreateImportResponse201TotalsItem",
    "CreateWebhookBody",
    "CreateWebhookBodyTypesItem",
    "CreateWebhookResponse200",
    "CreditEntry",
    "CreditEntryRewardsItem",
    "DeleteMappingResponse200",
    "DiffProgramVersionResponse200",
    "DiffProgramVersionResponse200ItemsItem",
    "Done",
    "EditReward",
    "EditRewardBody",
    "EditRewardType",
    "Endpoint",
    "EndpointState",
    "EndpointTypesItem",
    "Enroll",
    "EnrollBody",
    "EnrollBodyTier",
    "EnrollTier",
    "EnrollType",
    "Event",
    "EventData",
    "EventType",
    "ExtendExpiry",
    "ExtendExpiryBody",
    "ExtendExpiryType",
    "Feedback",
    "FeedbackBody",
    "FeedbackBodyChannel",
    "FeedbackChannel",
    "FeedbackType",
    "GetAppointmentResponse200",
    "GetCenterResponse200",
    "GetFeedbackResponse200",
    "GetFeedbackResponse200PublishedItem",
    "GetGuestResponse200",
    "GetGuestResponse200SignupType0",
    "GetImportResponse200",
    "GetImportResponse200Counts",
    "GetImportResponse200FilesItem",
    "GetImportResponse200TotalsItem",
    "GetInvoiceResponse200",
    "GetInvoiceResponse200LinesItem",
    "GetInvoiceResponse200PaymentsItem",
    "GetInvoiceResponse200RefundsItem",
    "GetItemResponse200",
    "GetOrganizationResponse200",
    "GetProgramResponse200",
    "GetProgramResponse200Program",
    "GetProgramVersionResponse200",
    "GetProgramVersionResponse200Program",
    "GetReportResponse200",
    "GetReportResponse200ColumnsItem",
    "GetReportResponse200Figures",
    "GetReportResponse200Parameters",
    "GetReportResponse200RowsItem",
    "GetReportResponse200TablesItem",
    "GetReportResponse200Totals",
    "GetRewardResponse200",
    "GetRewardResponse200Status",
    "GetRunResponse200",
    "GetRunResponse200TallyItem",
    "GetStatusResponse200",
    "Guest",
    "GuestBody",
    "GuestNumbers",
    "GuestNumbersRewardsItem",
    "GuestState",
    "GuestStateEntriesItem",
    "GuestStateLotsItem",
    "GuestStateQualifyingSales",
    "GuestStateRewardsItem",
    "GuestStateRewardsItemStatus",
    "GuestType",
    "Hold",
    "HoldOfAppointmentsBody",
    "HoldOfInvoicesBody",
    "HoldType",
    "Invoice",
    "InvoiceBody",
    "InvoiceBodyStatus",
    "InvoiceNumbers",
    "InvoiceNumbersPointsEarned",
    "InvoiceNumbersStatus",
    "InvoiceState",
    "InvoiceStatePointsEarned",
    "InvoiceStatePointsPending",
    "InvoiceStateStatus",
    "InvoiceStatus",
    "InvoiceType",
    "IssueReward",
    "IssueRewardBody",
    "IssueRewardType",
    "Item",
    "ItemBody",
    "ItemBodyKind",
    "ItemKind",
    "ItemType",
    "ListAppointmentsResponse200",
    "ListAppointmentsResponse200ItemsItem",
    "ListAuditResponse200",
    "ListAuditResponse200ItemsItem",
    "ListAuditResponse200ItemsItemSays",
    "ListAuditResponse200ItemsItemStatus",
    "ListCentersResponse200",
    "ListCentersResponse200ItemsItem",
    "ListDeliveriesResponse200",
    "ListEntriesOfGuestResponse200",
    "ListEntriesOfGuestResponse200ItemsItem",
    "ListEntriesOfGuestResponse200ItemsItemDrawsItem",
    "ListEntriesOfGuestResponse200ItemsItemLotsItem",
    "ListEntriesOfGuestResponse200ItemsItemLotsItemUnit",
    "ListEntriesOfGuestResponse200ItemsItemUnit",
    "ListEntriesResponse200",
    "ListEntriesResponse200ItemsItem",
    "ListEntriesResponse200ItemsItemDrawsItem",
    "ListEntriesResponse200ItemsItemLotsItem",
    "ListEntriesResponse200ItemsItemLotsItemUnit",
    "ListEntriesResponse200ItemsItemUnit",
    "ListEventsResponse200",
    "ListFeedbackResponse200",
    "ListFeedbackResponse200ItemsItem",
    "ListFeedbackResponse200ItemsItemPublishedItem",
    "ListGuestsResponse200",
    "ListGuestsResponse200ItemsItem",
    "ListGuestsResponse200ItemsItemFoundBy",
    "ListGuestsResponse200ItemsItemSignupType0",
    "ListImportRowsResponse200",
    "ListImportRowsResponse200ItemsItem",
    "ListImportsResponse200",
    "ListImportsResponse200ItemsItem",
    "ListImportsResponse200ItemsItemCounts",
    "ListImportsResponse200ItemsItemFilesItem",
    "ListImportsResponse200ItemsItemTotalsItem",
    "ListInvoicesResponse200",
    "ListInvoicesResponse200ItemsItem",
    "ListInvoicesResponse200ItemsItemLinesItem",
    "ListInvoicesResponse200ItemsItemPaymentsItem",
    "ListInvoicesResponse200ItemsItemRefundsItem",
    "ListItemsResponse200",
    "ListItemsResponse200ItemsItem",
    "ListLotsOfGuestResponse200",
    "ListLotsOfGuestResponse200ItemsItem",
    "ListLotsOfGuestResponse200ItemsItemUnit",
    "ListMappingsResponse200",
    "ListMappingsResponse200ItemsItem",
    "ListProgramsResponse200",
    "ListProgramsResponse200ItemsItem",
    "ListProgramsResponse200ItemsItemProgram",
    "ListReportsResponse200",
    "ListReportsResponse200ItemsItem",
    "ListReportsResponse200ItemsItemParameters",
    "ListRewardsResponse200",
    "ListRewardsResponse200ItemsItem",
    "ListRewardsResponse200ItemsItemStatus",
    "ListRewardsStatusType0",
    "ListRunsResponse200",
    "ListRunsResponse200ItemsItem",
    "ListRunsResponse200ItemsItemTallyItem",
    "ListStatusesResponse200",
    "ListStatusesResponse200ItemsItem",
    "ListWebhooksResponse200",
    "MergeGuests",
    "MergeGuestsType",
    "MoveSandboxClockBody",
    "MoveSandboxClockResponse200",
    "OpeningBalance",
    "OpeningBalanceType",
    "Organization",
    "OrganizationType",
    "PointsEntry",
    "Preview",
    "PreviewAfter",
    "PreviewBefore",
    "PreviewCancelEnrollmentBody",
    "PreviewCaptureHoldBody",
    "PreviewEntriesItem",
    "PreviewHoldOfAppointmentsBody",
    "PreviewHoldOfInvoicesBody",
    "PreviewLotsItem",
    "PreviewRedeemPointsBody",
    "PreviewRedeemRewardBody",
    "PreviewRemovePointsBody",
    "Problem",
    "ProblemNumbers",
    "ProcessRewards",
    "ProcessRewardsType",
    "Program",
    "ProgramType",
    "PutMappingBody",
    "PutMappingResponse200",
    "PutProgramVersionBody",
    "Quote",
    "QuoteBody",
    "QuoteBodyStatus",
    "QuoteEarnsItem",
    "QuoteRedeemable",
    "QuoteRefusalsItem",
    "QuoteRewardsItem",
    "RedeemPoints",
    "RedeemPointsBody",
    "RedeemPointsType",
    "RedeemReward",
    "RedeemRewardBody",
    "RedeemRewardType",
    "RefundPreview",
    "RefundPreviewAfter",
    "RefundPreviewBefore",
    "RefundPreviewEntriesItem",
    "RefundPreviewLotsItem",
    "Reject",
    "RejectBody",
    "RejectType",
    "ReleaseHold",
    "ReleaseHoldBody",
    "ReleaseHoldType",
    "RemovePoints",
    "RemovePointsBody",
    "RemovePointsType",
    "RemoveWebhookResponse200",
    "ReplayWebhookBody",
    "ResetSandboxBody",
    "ResetSandboxResponse200",
    "Result",
    "ResultDetail",
    "ResultStatus",
    "ResultWarningsItem",
    "RotateWebhookSecretBody",
    "RotateWebhookSecretResponse200",
    "SentLine",
    "SentLineKindType0",
    "SentPayment",
    "SentPaymentTender",
    "SentPublication",
    "SentPublicationTo",
    "SentRefund",
    "SentSignup",
    "SentSignupChannel",
    "SetImportMappingBody",
    "SetImportMappingResponse200",
    "SetImportMappingResponse200Counts",
    "SetImportMappingResponse200FilesItem",
    "SetImportMappingResponse200TotalsItem",
    "SetOptIn",
    "SetOptInBody",
    "SetOptInType",
    "StartImportBody",
    "StartImportResponse202",
    "StartImportResponse202Counts",
    "StartImportResponse202FilesItem",
    "StartImportResponse202TotalsItem",
    "Status",
    "StatusBody",
    "StatusType",
    "TestWebhookResponse200",
    "UndoMerge",
    "UndoMergeType",
    "UndoProcessRewards",
    "UndoProcessRewardsType",
    "UndoRedeemPoints",
    "UndoRedeemPointsBody",
    "UndoRedeemPointsType",
    "UndoRedeemReward",
    "UndoRedeemRewardBody",
    "UndoRedeemRewardType",
    "VoidReward",
    "VoidRewardBody",
    "VoidRewardType",
)

export interface DeviceOutcomeModel {
  readonly outcome: 'approved' | 'declined' | 'too-many';
  /** Where another code can be typed. */
  readonly againHref?: string;
}

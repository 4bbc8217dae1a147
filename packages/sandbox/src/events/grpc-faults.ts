import { randomUUID } from 'node:crypto';
import { Metadata, type StatusObject, status } from '@grpc/grpc-js';

/** A refusal as the Pub/Sub API gives it: a gRPC status, and its own code in the trailers. */
export interface GrpcFault {
  readonly code: status;
  readonly errorCode: string;
  readonly message: string;
}

const PREFIX = 'sfdc.platform.eventbus.grpc.';

export const notSignedIn: GrpcFault = {
  code: status.UNAUTHENTICATED,
  errorCode: `${PREFIX}service.auth.error`,
  message:
    'An authentication exception occurred. Provide valid authentication headers: accesstoken, instanceurl, and tenantid.',
};

export const invalidReplay: GrpcFault = {
  code: status.INVALID_ARGUMENT,
  errorCode: `${PREFIX}subscription.fetch.replayid.validation.failed`,
  message: 'The Replay ID validation failed. Ensure that the Replay ID is valid.',
};

export const corruptedReplay: GrpcFault = {
  code: status.INVALID_ARGUMENT,
  errorCode: `${PREFIX}subscription.fetch.replayid.corrupted`,
  message: 'The Replay ID is corrupted. Subscribe with another Replay ID or with a preset.',
};

export const overDelivered: GrpcFault = {
  code: status.RESOURCE_EXHAUSTED,
  errorCode: `${PREFIX}subscription.limit.exceeded`,
  message: 'You have exceeded the event delivery limit for your org.',
};

export const cutOff: GrpcFault = {
  code: status.UNAVAILABLE,
  errorCode: `${PREFIX}service.unavailable`,
  message: 'The server is temporarily unavailable. Try again.',
};

export function notPermitted(topic: string): GrpcFault {
  return {
    code: status.PERMISSION_DENIED,
    errorCode: `${PREFIX}topic.permission.denied`,
    message: `The user does not have permission to subscribe to the topic ${topic}.`,
  };
}

export function noTopic(orgId: string, topic: string): GrpcFault {
  return {
    code: status.NOT_FOUND,
    errorCode: `${PREFIX}topic.not.found`,
    message: `The topic information for org CORE/prod/${orgId} and topic ${topic} not found. Ensure the topic name is correct and that the topic exists.`,
  };
}

export function badRequest(message: string): GrpcFault {
  return { code: status.INVALID_ARGUMENT, errorCode: `${PREFIX}request.invalid`, message };
}

/** The message ends with the id of the call, as Salesforce's do. */
export function statusOf(fault: GrpcFault, rpcId: string = randomUUID()): StatusObject {
  const metadata = new Metadata();
  metadata.set('error-code', fault.errorCode);
  metadata.set('rpc-id', rpcId);
  return { code: fault.code, details: `${fault.message} rpcId: ${rpcId}`, metadata };
}

namespace TrueUp.Server.Api.Conventions;

/// <summary>What clients send: members without <c>required</c> may be left out. What they get always has all.</summary>
internal interface IRequestBody;

using System.Text.Json.Serialization.Metadata;
using Crm.Kernel;
using Crm.Ports;
using Crm.Resources;

namespace Crm.Customers;

/// <summary>Exports in the manner of every resource; they are made and read, not changed.</summary>
public sealed class Exports(IDocuments documents, TimeProvider clock) : CatalogResource<Export, ExportFields>(documents, clock)
{
    protected override string Path => "/api/exports";

    protected override string Noun => "export";

    protected override string Kind => Export.KindName;

    public override JsonTypeInfo<Export> Type => CustomersJson.Crm.Export;

    public override JsonTypeInfo<ExportFields> FieldsType => CustomersJson.Crm.ExportFields;

    public override ListShape Shape { get; } = ListShape.Of(CustomersJson.Crm.Export, ["-createdAt"]);

    protected override string IdOf(Export value) => value.Id;

    protected override ExportFields FieldsOf(Export value) => new(value.Format, value.Owner, value.CompanyId, value.Tag, value.Language);

    protected override Problem? Fault(ExportFields fields) => fields.Fault();

    protected override Export Make(string id, ExportFields fields, DateTimeOffset now) =>
        Change(new Export { Id = id, State = ExportState.Running, Format = "", CreatedAt = now, ChangedAt = now, SortAt = now }, fields, now);

    protected override Export Change(Export value, ExportFields fields, DateTimeOffset now) =>
        value with { Format = fields.Format!, Owner = fields.Owner, CompanyId = fields.CompanyId, Tag = fields.Tag, Language = fields.Language, ChangedAt = now };
}
